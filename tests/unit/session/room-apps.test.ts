import { describe, expect, it } from 'vitest';
import { privateStanzaOf, roomStanzaOf } from '../../../src-main/session/outgoing-stanza';
import type { OneRoom } from '../../../src-main/session/rooms/one-room';
import { createRoomApps } from '../../../src-main/session/rooms/room-apps';
import type { OutboxRow } from '../../../src-main/store/store';
import { stanza } from '../../support/stanza';

const jid = 'verona@rooms.x';
const REACTIONS = 'urn:xmpp:reactions:0';

/** A room with so many in it; what the apps of these nicks are known to lack. */
const room = (size: number, lacking: readonly string[] = []) => {
  const asked: string[] = [];
  const nicks = Array.from({ length: size }, (_, n) => (n === 0 ? 'Juliet' : `n${String(n)}`));
  const one = {
    ...{ jid, nick: 'Juliet' },
    occupants: { size, all: () => nicks.map((nick) => ({ nick })) },
  } as unknown as OneRoom;
  const apps = createRoomApps(
    {
      seen: (bare, nick) => {
        asked.push(`${bare}/${nick}`);
        return Promise.resolve(null);
      },
      lacks: (bare, nick, feature) => bare === jid && lacking.includes(nick) && feature === REACTIONS,
    },
    (of) => (of === jid ? one : undefined),
  );
  return { one, apps, asked };
};

describe('what the apps in a room can do', () => {
  it('is less than it takes as soon as one of the others lacks it', () => {
    expect(room(3).apps.lacks(jid, REACTIONS)).toBe(false);
    expect(room(3, ['n2']).apps.lacks(jid, REACTIONS)).toBe(true);
    expect(room(3, ['n2']).apps.lacks(jid, 'another')).toBe(false);
    expect(room(3, ['Juliet', 'n7']).apps.lacks(jid, REACTIONS)).toBe(false);
    expect(room(3, ['n2']).apps.lacks('mantua@rooms.x', REACTIONS)).toBe(false);
  });

  it('is that of one of them where he is written to alone', () => {
    const { apps } = room(3, ['n2']);
    expect(apps.lacks(`${jid}/n2`, REACTIONS)).toBe(true);
    expect(apps.lacks(`${jid}/n1`, REACTIONS)).toBe(false);
  });

  it('R22 is asked of nobody in a big one', async () => {
    const presence = stanza('<presence/>');
    const small = room(200);
    await small.apps.seen(small.one, 'n1', presence);
    expect(small.asked).toEqual([`${jid}/n1`]);
    const big = room(201, ['n2']);
    await big.apps.seen(big.one, 'n1', presence);
    expect(big.asked).toEqual([]);
    expect(big.apps.lacks(jid, REACTIONS)).toBe(false);
  });
});

describe('a reaction in a room', () => {
  const row: OutboxRow = {
    ...{ id: 1, peer: jid, body: '["👍","🎉"]', originId: 'o1', at: 1, written: false },
    ...{ about: 'Romeo:\nShall we?', amends: { kind: 'react', target: 's1' } },
  };
  const audience = (lacks: boolean) => ({
    ...{ nicks: new Set<string>(), kind: 'channel' as const, lacks: () => lacks },
  });
  const t = (key: string) => key;

  it('has words for an app that knows none, and says which they are', () => {
    const words = '<body>&gt; Romeo:\n&gt; Shall we?\n👍 🎉</body>';
    const said = roomStanzaOf(row, audience(true), t).toString();
    expect(said).toContain(words);
    expect(said).toContain('type="groupchat"');
    expect(said).toMatch(/<fallback [^>]*for="urn:xmpp:reactions:0"/u);
    expect(roomStanzaOf(row, audience(false), t).toString()).not.toContain('<body>');
    // Taken away it says nothing.
    expect(roomStanzaOf({ ...row, body: '[]' }, audience(true), t).toString()).not.toContain('<body>');
    const alone = privateStanzaOf({ ...row, peer: `${jid}/n2` }, () => true, t).toString();
    expect(alone).toContain(words);
    expect(alone).toContain('type="chat"');
  });
});
