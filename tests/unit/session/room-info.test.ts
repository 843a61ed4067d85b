import { describe, expect, it } from 'vitest';
import { askRoom } from '../../../src-main/session/rooms/room-info';
import type { IqOutcome, Link } from '../../../src-main/xmpp/link';
import { xml } from '../../../src-main/xmpp/stream/xml';

const DISCO = 'http://jabber.org/protocol/disco#info';
const room = 'hall@rooms.example';
const error = (condition: string): IqOutcome => ({
  ok: false,
  error: { condition, type: 'cancel', text: null },
});
const rooms: IqOutcome = {
  ok: true,
  iq: xml(
    'iq',
    { type: 'result' },
    xml('query', { xmlns: DISCO }, xml('feature', { var: 'http://jabber.org/protocol/muc' })),
  ),
};

/** Answers each question as its turn says; the service always has rooms. */
const linkWith = (answers: IqOutcome[]) => {
  const asked: number[] = [];
  const iq: Link['iq'] = (_type, _child, options) => {
    if (options?.to !== room) return Promise.resolve(rooms);
    asked.push(options.timeoutMs ?? 0);
    return Promise.resolve(answers.shift() ?? error('timeout'));
  };
  return { link: { iq } as Link, asked };
};

describe('what a room is', () => {
  it('is asked once more where one of that name may be going away, and took the question with it', async () => {
    const { link, asked } = linkWith([error('timeout'), error('item-not-found')]);
    expect(await askRoom(link, room, true)).toMatchObject({ condition: 'item-not-found' });
    expect(asked).toHaveLength(2);
    expect(asked[0]).toBeLessThan(asked[1] ?? 0);
  });

  it('is asked once of a room that is to be there', async () => {
    const { link, asked } = linkWith([error('timeout'), rooms]);
    expect(await askRoom(link, room)).toMatchObject({ condition: 'timeout' });
    expect(asked).toHaveLength(1);
  });

  it('is not known where it stays silent', async () => {
    const { link } = linkWith([]);
    expect(await askRoom(link, room, true)).toMatchObject({ condition: 'timeout' });
  });
});
