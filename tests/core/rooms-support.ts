import { randomBytes } from 'node:crypto';
import type { Peer } from '../peers/peer';
import { isSmack } from '../peers/smack/smack-peer';
import { CAPABILITIES } from '../servers/capabilities';
import type { ServerKind } from '../servers/server';
import type { Room } from '../../src-shared/model/room';
import { signedIn, type Pair } from './support';

const MUC = 'http://jabber.org/protocol/muc';

/** A peer goes into a room, making it where there is none; resolves when it is in. */
export const peerJoins = async (peer: Peer, room: string, nick: string, x = ''): Promise<void> => {
  if (isSmack(peer) && x === '') {
    await peer.inRoom('join', room, nick);
    return;
  }
  await peer.sendRaw(`<presence to='${room}/${nick}'><x xmlns='${MUC}'>${x}</x></presence>`);
  const own = await peer.waitForRaw((xml) => xml.startsWith('<presence') && xml.includes(`${room}/${nick}`));
  if (/type=["']error/.test(own)) throw new Error(own);
  await configure(peer, room);
};

/** The owner's form, as far as it is given; without, the room as the server makes it. */
export const configure = async (
  peer: Peer,
  room: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const id = randomBytes(6).toString('hex');
  const form = Object.entries({ FORM_TYPE: `${MUC}#roomconfig`, ...fields })
    .map(([name, value]) => `<field var='${name}'><value>${value}</value></field>`)
    .join('');
  const x = Object.keys(fields).length === 0 ? '' : form;
  await peer.sendRaw(
    `<iq type='set' id='${id}' to='${room}'><query xmlns='${MUC}#owner'><x xmlns='jabber:x:data' type='submit'>${x}</x></query></iq>`,
  );
  await peer.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes(id));
};

/** What makes a group of a room: who is in it is known, and told to all. */
export const GROUP = { 'muc#roomconfig_membersonly': '1', 'muc#roomconfig_whois': 'anyone' };

export const peerSays = (
  peer: Peer,
  room: string,
  body: string,
  id = randomBytes(9).toString('hex'),
): Promise<void> =>
  peer.sendRaw(`<message type='groupchat' id='${id}' to='${room}'><body>${body}</body></message>`);

export const admin = async (peer: Peer, room: string, item: string): Promise<void> => {
  const id = randomBytes(6).toString('hex');
  await peer.sendRaw(
    `<iq type='set' id='${id}' to='${room}'><query xmlns='${MUC}#admin'>${item}</query></iq>`,
  );
  await peer.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes(id));
};

/** Juliet in our core and Romeo in a client that is not ours, and a room of Romeo's that has no other like it. */
export interface Verona extends Pair {
  readonly room: string;
  shown(): Promise<Room | undefined>;
  until(fits: (room: Room) => boolean, what: string, ms?: number): Promise<Room>;
  join(nick?: string, password?: string | null): Promise<Room['status']>;
  said(): Promise<
    readonly { readonly nick: string | undefined; readonly body: string; readonly direction: string }[]
  >;
}

export const verona = async (
  kind: ServerKind,
  pair?: Pair,
  service: string = CAPABILITIES[kind].rooms,
): Promise<Verona> => {
  const both = pair ?? (await signedIn(kind));
  const { juliet, account, server, romeo } = both;
  const room = `verona-${randomBytes(4).toString('hex')}@${service}.${server.domain}`;
  await peerJoins(romeo, room, 'Romeo');
  const shown = async () =>
    (await juliet.ask('rooms.state', { account })).value.rooms.find(({ jid }) => jid === room);
  return {
    ...both,
    room,
    shown,
    until: (fits, what, ms) =>
      juliet.until(
        async () => {
          const now = await shown();
          return now && fits(now) ? now : null;
        },
        what,
        ms,
      ),
    join: (nick = 'Juliet', password = null) =>
      juliet.ask('room.join', { account, peer: room, nick, password, create: false }),
    async said() {
      const { messages } = (
        await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 200 })
      ).value;
      return messages
        .filter(({ kind: of }) => of === 'chat')
        .map(({ nick, body, direction }) => ({ nick, body, direction }));
    },
  };
};
