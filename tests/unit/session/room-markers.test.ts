import { describe, expect, it } from 'vitest';
import type { SessionContext } from '../../../src-main/session/context';
import { createRoomMarkers } from '../../../src-main/session/room-markers';
import type { Element } from '../../../src-main/xmpp/element';
import { FakeClock } from '../../support/clock';

const room = 'verona@rooms.x';

const make = () => {
  const clock = new FakeClock();
  const sent: string[] = [];
  const now = {
    online: true,
    sendMarkers: true,
    view: { ready: true, group: true, stanzaIds: true } as object | null,
  };
  const markers = createRoomMarkers({
    ports: { clock },
    settings: () => ({ sendMarkers: now.sendMarkers }),
    rooms: () => ({ view: () => now.view }),
    link: () => (now.online ? { send: (one: Element) => void sent.push(one.toString()) } : null),
  } as unknown as SessionContext);
  const ids = () => sent.map((xml) => /<displayed [^>]*id="(\w+)"/.exec(xml)?.[1]);
  return { markers, clock, sent, ids, now };
};

describe('what the others in a group learn of how far we have read', () => {
  it('goes to all of them by the room’s id, kept in archives', () => {
    const { markers, sent } = make();
    markers.mark(room, 's1');
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatch(
      /<message to="verona@rooms\.x" type="groupchat"><displayed [^>]*id="s1"\/><store /,
    );
  });

  it('is one in ten seconds, the last one, and each once', async () => {
    const { markers, clock, ids } = make();
    for (const id of ['s1', 's2', 's3']) markers.mark(room, id);
    expect(ids()).toEqual(['s1']);
    await clock.advance(9_999);
    expect(ids()).toEqual(['s1']);
    await clock.advance(1);
    expect(ids()).toEqual(['s1', 's3']);
    await clock.advance(60_000);
    markers.mark(room, 's3');
    expect(ids()).toEqual(['s1', 's3']);
    markers.mark(room, 's4');
    markers.mark('mantua@rooms.x', 's9');
    expect(ids()).toEqual(['s1', 's3', 's4', 's9']);
  });

  it('T11 is nothing where not all are members and known to each other, where ids may be forged, or where the user does not want it', () => {
    for (const view of [{ group: false }, { stanzaIds: false }]) {
      const { markers, sent, now } = make();
      now.view = { ready: true, group: true, stanzaIds: true, ...view };
      markers.mark(room, 's1');
      expect(sent).toEqual([]);
    }
    const { markers, sent, now } = make();
    now.sendMarkers = false;
    markers.mark(room, 's1');
    now.sendMarkers = true;
    // What was read while it was not wanted stays so.
    markers.ready(room);
    expect(sent).toEqual([]);
  });

  it('waits until we are in the room', () => {
    const { markers, ids, now } = make();
    now.view = { ready: false, group: true, stanzaIds: true };
    markers.mark(room, 's1');
    now.online = false;
    markers.ready(room);
    expect(ids()).toEqual([]);
    now.online = true;
    now.view = { ready: true, group: true, stanzaIds: true };
    markers.ready(room);
    expect(ids()).toEqual(['s1']);
  });
});
