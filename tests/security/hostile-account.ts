/** The whole core signed in to a server that can send any bytes, and what may be asked of both afterwards. */
import { expect } from 'vitest';
import type { AccountId } from '../../src-shared/model/account';
import type { Conversation, Message } from '../../src-shared/model/conversation';
import { startCore, type TestCore } from '../support/core';
import {
  domain,
  frames,
  hostileServer,
  idOf,
  polite,
  type Guest,
  type HostileServer,
} from '../support/hostile-server';

export const own = `juliet@${domain}`;
/** Sees our presence, and we see his. */
export const romeo = `romeo@${domain}`;
/** In the roster, on another server. */
export const nurse = 'nurse@verona.test';
export const mallory = 'mallory@evil.test';

export const ns = {
  carbons: 'urn:xmpp:carbons:2',
  forward: 'urn:xmpp:forward:0',
  mam: 'urn:xmpp:mam:2',
  sid: 'urn:xmpp:sid:0',
  pubsub: 'http://jabber.org/protocol/pubsub',
  event: 'http://jabber.org/protocol/pubsub#event',
  options: 'http://jabber.org/protocol/pubsub#publish-options',
  readPlaces: 'urn:xmpp:mds:displayed:0',
  rsm: 'http://jabber.org/protocol/rsm',
  stanzas: 'urn:ietf:params:xml:ns:xmpp-stanzas',
} as const;

export const everything: readonly string[] = [ns.carbons, ns.mam, ns.sid, ns.options];

/** A query of the archive as the server sees it. */
export interface Asked {
  readonly id: string;
  readonly queryId: string;
  readonly frame: string;
  readonly guest: Guest;
}

export interface HostileOptions {
  /** disco#info of the server and of the account; default: all that Flint can use. */
  readonly features?: readonly string[];
  /** Answers queries of the archive; default: it is empty. */
  readonly archive?: (asked: Asked) => void;
  /** Answers another IQ (true), instead of an empty result. */
  readonly iq?: (frame: string, guest: Guest) => boolean;
}

export const fin = ({ id }: Pick<Asked, 'id'>, ids: readonly string[] = []): string => {
  const edges = ids.length > 0 ? `<first>${ids[0] ?? ''}</first><last>${ids.at(-1) ?? ''}</last>` : '';
  return (
    `<iq xmlns='jabber:client' type='result' id='${id}'><fin xmlns='${ns.mam}' complete='true'>` +
    `<set xmlns='${ns.rsm}'>${edges}<count>${ids.length}</count></set></fin></iq>`
  );
};

export const forwarded = (inner: string, stamp = '2026-01-01T00:00:00Z'): string =>
  `<forwarded xmlns='${ns.forward}'><delay xmlns='urn:xmpp:delay' stamp='${stamp}'/>${inner}</forwarded>`;
export const chat = (from: string, body: string, more = ''): string =>
  `<message xmlns='jabber:client' type='chat' from='${from}' to='${own}'><body>${body}</body>${more}</message>`;

const contacts = [romeo, nurse].map((jid) => `<item jid='${jid}' subscription='both'/>`).join('');

/** Answers what a client asks, and counts its stanzas (XEP-0198). */
const serve = (options: HostileOptions) => async (guest: Guest) => {
  for (let handled = 0; ;) {
    const frame = await guest.receive();
    if (frame.startsWith('<r ')) guest.send(`<a xmlns='urn:xmpp:sm:3' h='${handled}'/>`);
    if (!/^<(iq|message|presence)\b/.test(frame)) continue;
    handled += 1;
    if (!/^<iq[^>]* type="(get|set)"/.test(frame)) continue;
    const id = idOf(frame);
    if (frame.includes(`<query xmlns="${ns.mam}"`)) {
      const asked = { id, guest, frame, queryId: /queryid="([^"]+)"/.exec(frame)?.[1] ?? '' };
      if (options.archive) options.archive(asked);
      else guest.send(fin(asked));
      continue;
    }
    if (options.iq?.(frame, guest)) continue;
    const to = / to="([^"]+)"/.exec(frame)?.[1];
    // Whoever is not of this server never answers.
    if (to !== undefined && to !== domain && to !== own) continue;
    guest.send(
      `<iq xmlns='jabber:client' type='result' id='${id}'${to === undefined ? '' : ` from='${to}'`}>${answer(frame, options)}</iq>`,
    );
  }
};

const answer = (frame: string, { features = everything }: HostileOptions): string => {
  if (frame.includes('jabber:iq:roster')) return `<query xmlns='jabber:iq:roster'>${contacts}</query>`;
  if (frame.includes('disco#info'))
    return (
      `<query xmlns='http://jabber.org/protocol/disco#info'><identity category='server' type='im'/>` +
      `${features.map((feature) => `<feature var='${feature}'/>`).join('')}</query>`
    );
  return '';
};

/** What the user can see of the account. */
export interface Seen {
  readonly roster: unknown;
  readonly chats: readonly Conversation[];
  readonly messages: Readonly<Record<string, readonly Message[]>>;
}

export interface HostileAccount {
  readonly core: TestCore;
  readonly server: HostileServer;
  readonly account: AccountId;
  readonly guest: Guest;
  send(...stanzas: readonly string[]): void;
  /** Everything that was sent before has been handled. */
  settled(): Promise<void>;
  messages(peer: string): Promise<readonly Message[]>;
  bodies(peer: string): Promise<readonly string[]>;
  chat(peer: string): Promise<Conversation | undefined>;
  seen(): Promise<Seen>;
  /** Writes to `peer`; gives the id under which it went out, once the server has it. */
  write(peer: string, body: string): Promise<{ readonly row: number; readonly wire: string }>;
  /** Sends the stanzas: nothing that the user sees changes, the session lives on, and nothing goes out to `to`. */
  changesNothing(...stanzas: readonly string[]): Promise<void>;
  /** The session that was there at the beginning still works. */
  livesOn(): Promise<void>;
  stop(): Promise<void>;
}

export const hostileAccount = async (options: HostileOptions = {}): Promise<HostileAccount> => {
  const server = await hostileServer(
    polite({ boundFeatures: frames.features(frames.bind + frames.sm), live: serve(options) }),
  );
  const core = await startCore();
  const account = await core.signIn(own, 'secret', { server: server.url });
  const [first] = server.guests;
  if (!first) throw new Error('nobody is signed in');
  let pings = 0;

  const send = (...stanzas: readonly string[]): void => {
    for (const stanza of stanzas) first.send(stanza);
  };
  const settled = async (): Promise<void> => {
    const id = `settle-${(pings += 1)}`;
    send(
      `<iq xmlns='jabber:client' type='get' id='${id}' from='${domain}'><ping xmlns='urn:xmpp:ping'/></iq>`,
    );
    await core.until(
      () => first.received.find((frame) => frame.startsWith('<iq') && idOf(frame) === id),
      `an answer to ${id}`,
    );
  };
  const messages = async (peer: string): Promise<readonly Message[]> =>
    (await core.ask('messages.page', { account, peer, anchor: null, limit: 200 })).value.messages;
  const bodies = async (peer: string): Promise<readonly string[]> =>
    (await messages(peer)).map(({ body }) => body);
  const chats = async (): Promise<readonly Conversation[]> =>
    (await core.ask('chats.list', { account })).value;
  const seen = async (): Promise<Seen> => {
    const list = await chats();
    const peers = [...new Set([own, romeo, nurse, mallory, domain, ...list.map(({ peer }) => peer)])];
    const pages = await Promise.all(peers.map(async (peer) => [peer, await messages(peer)] as const));
    return {
      roster: (await core.ask('roster.state', { account })).value,
      chats: list,
      messages: Object.fromEntries(pages),
    };
  };
  const livesOn = async (): Promise<void> => {
    const body = `still there ${(pings += 1)}`;
    send(chat(`${romeo}/balcony`, body));
    await core.until(
      async () => ((await bodies(romeo)).includes(body) ? true : null),
      'a message of a contact',
    );
    const [state] = (await core.ask('app.state', {})).value.accounts;
    expect(state?.connection.phase).toBe('online');
    expect(server.guests).toHaveLength(1);
  };

  return {
    core,
    server,
    account,
    guest: first,
    send,
    settled,
    messages,
    bodies,
    chat: async (peer) => (await chats()).find((one) => one.peer === peer),
    seen,
    async write(peer, body) {
      const { id } = await core.ask('message.send', { account, peer, body });
      const frame = await core.until(
        () => first.received.find((one) => one.includes(`<body>${body}</body>`)),
        'the message at the server',
      );
      await core.until(
        async () => ((await messages(peer)).find((one) => one.id === id)?.delivery === 'sent' ? true : null),
        'its acknowledgement',
      );
      return { row: id, wire: idOf(frame) };
    },
    async changesNothing(...stanzas) {
      await settled();
      const before = await seen();
      send(...stanzas);
      await settled();
      expect(await seen()).toEqual(before);
      await livesOn();
    },
    livesOn,
    async stop() {
      await core.stop();
      await server.stop();
    },
  };
};
