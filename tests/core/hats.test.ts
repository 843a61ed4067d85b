import { expect, it } from 'vitest';
import { sharedServers } from '../servers/shared';
import { verona } from './rooms-support';

/** Where a room gives hats itself: tests/core/many-occupants.test.ts. */
it.each(sharedServers())(
  'hats (XEP-0317) are the room’s to give on %s: what an occupant puts on by himself is none',
  async (kind) => {
    const { juliet, account, romeo, room, join } = await verona(kind);
    await join();
    const hats = ['urn:xmpp:hats:0', 'xmpp:prosody.im/protocol/hats:1']
      .map((form) => `<hats xmlns='${form}'><hat title='Chief' uri='urn:example:chief'/></hats>`)
      .join('');
    await romeo.sendRaw(`<presence to='${room}/Romeo'><status>with hats</status>${hats}</presence>`);
    const shown = await juliet.until(async () => {
      const { value } = await juliet.ask('room.occupants', { account, peer: room });
      return value.find(({ nick, status }) => nick === 'Romeo' && status === 'with hats');
    }, 'his presence');
    expect(shown.hats).toBeUndefined();
  },
);
