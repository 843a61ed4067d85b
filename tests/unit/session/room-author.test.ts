import { describe, expect, it } from 'vitest';
import type { Occupant } from '../../../src-shared/model/room';
import { systemRandom } from '../../../src-main/desktop/random';
import { createOccupants } from '../../../src-main/session/rooms/occupants';
import { roomAuthor } from '../../../src-main/xmpp/guards/room-author';
import { FakeClock } from '../../support/clock';

const somebody = (nick: string): Occupant => ({
  ...{ nick, jid: null, role: 'participant', affiliation: 'none', kind: 'online', status: null },
});

describe('who says something in a room', () => {
  it('T4 T5 is who came in under that nick: not who has it after him, and still he under another one', () => {
    const clock = new FakeClock();
    const occupants = createOccupants({ clock, random: systemRandom }, () => undefined);
    const stayOf = (nick: string) => occupants.occupant(nick)?.stay;
    occupants.put(somebody('Romeo'), 'o');
    expect(occupants.occupant('Romeo')).toMatchObject({ jid: null, occupantId: 'o' });
    const stay = stayOf('Romeo');
    occupants.put({ ...somebody('Romeo'), kind: 'away' });
    expect([typeof stay, stayOf('Romeo')]).toEqual(['string', stay]);
    occupants.remove('Romeo', 'Montague');
    occupants.put(somebody('Romeo'), 'p');
    occupants.put(somebody('Montague'));
    expect(stayOf('Montague')).toBe(stay);
    expect(stayOf('Romeo')).not.toBe(stay);
    expect(occupants.occupant('Romeo')).toMatchObject({ occupantId: 'p' });
    occupants.remove('Montague');
    expect(occupants.occupant('Montague')).toBeNull();
    occupants.put(somebody('Montague'));
    expect(stayOf('Montague')).not.toBe(stay);
    const before = stayOf('Romeo');
    occupants.clear();
    occupants.put(somebody('Romeo'));
    expect(stayOf('Romeo')).not.toBe(before);
  });

  it('T4 T5 is known by the room’s id for him, else by his address, else as long as he stays, else not at all', () => {
    const all = { own: false, occupantId: 'o', jid: 'r@x', stay: '1' };
    expect(roomAuthor({ ...all, own: true })).toEqual({ key: 'own', passing: false });
    expect(roomAuthor(all)).toEqual({ key: 'occupant:o', passing: false });
    expect(roomAuthor({ ...all, occupantId: null })).toEqual({ key: 'jid:r@x', passing: false });
    const here = { ...all, occupantId: null, jid: null };
    expect(roomAuthor(here)).toEqual({ key: 'stay:1', passing: true });
    expect(roomAuthor({ ...here, stay: null })).toEqual({ key: '', passing: true });
  });
});
