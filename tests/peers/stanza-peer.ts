import { once } from 'node:events';
import { createClient, type Agent, type Stanzas } from 'stanza';
import type { RosterItem } from 'stanza/protocol';
import type { ServerAddress } from '../servers/server';
import {
  bare,
  type OwnPresence,
  type Peer,
  type PeerAccount,
  type PeerMessage,
  type PeerOptions,
} from './peer';
import { PeerView } from './peer-view';

const SIGN_IN_MS = 20_000;
const SUBSCRIPTIONS = ['subscribe', 'subscribed', 'unsubscribe', 'unsubscribed'] as const;

/** stanza 12 over WebSocket (the plain one: the certificates of test servers are nothing that it could trust). */
export function stanzaPeer(server: ServerAddress, account: PeerAccount, options: PeerOptions = {}): Peer {
  const { autoAccept = true, silent = false, priority } = options;
  const view = new PeerView();
  let client: Agent | undefined;
  let jid = account.jid;

  const running = (): Agent => {
    if (client === undefined) throw new Error('this peer is not connected');
    return client;
  };
  /** What it can do goes with every presence (XEP-0115), as its own applications send it. */
  const presence = async (data: Stanzas.Presence): Promise<void> =>
    running().send('presence', { legacyCapabilities: running().disco.getCaps(), ...data });
  const message = async (data: Stanzas.Message): Promise<void> => running().send('message', data);

  /** Without the version that stanza would send: with it a server may answer that nothing has changed. */
  const roster = async (): Promise<readonly RosterItem[]> =>
    (await running().sendIQ({ type: 'get', roster: {} })).roster.items ?? [];

  const open = async (): Promise<void> => {
    view.forgetPresence();
    const agent = createClient({
      jid: account.jid,
      password: account.password,
      server: server.domain,
      ...(options.resource === undefined ? {} : { resource: options.resource }),
      transports: { websocket: server.wsUrl, bosh: false },
      autoReconnect: false,
      useStreamManagement: false,
      sendReceipts: false,
    });
    // Without a name of its own it would be a client like any other.
    agent.disco.identities.set('', [{ category: 'client', type: 'web', name: 'stanza' }]);
    agent.updateCaps();
    client = agent;
    watch(agent, view, (from) => {
      if (!autoAccept) return;
      void presence({ to: from, type: 'subscribed' });
      void presence({ to: from, type: 'subscribe' });
    });
    const started = once(agent, 'session:started');
    const failed = new Promise<never>((_, reject) => {
      agent.once('auth:failed', () => {
        reject(new Error('stanza: not-authorized'));
      });
      agent.once('disconnected', () => {
        reject(new Error('stanza: disconnected before the session began'));
      });
      setTimeout(() => {
        reject(new Error('stanza: no session in time'));
      }, SIGN_IN_MS).unref();
    });
    failed.catch(() => undefined);
    void agent.connect();
    await Promise.race([started, failed]);
    jid = agent.jid;
    await agent.getRoster();
    if (silent) return;
    await presence(priority === undefined ? {} : { priority });
    // Only its answer tells that the server knows us as available; a message sent before that would go to waste.
    await agent.sendIQ({ type: 'get', to: server.domain, ping: true }).catch(() => undefined);
  };
  const gone = async (end: (agent: Agent) => void): Promise<void> => {
    const agent = client;
    client = undefined;
    if (agent?.sessionStarted !== true) return;
    const ended = once(agent, 'disconnected');
    end(agent);
    await ended;
  };

  return {
    client: 'stanza',
    bareJid: bare(account.jid),
    get jid() {
      return jid;
    },
    get messages() {
      return view.messages;
    },
    connect: async () => {
      try {
        await open();
      } catch (error) {
        void client?.disconnect();
        client = undefined;
        throw error;
      }
    },
    disconnect: async () => {
      if (client?.sessionStarted === true) await presence({ type: 'unavailable' });
      await gone((agent) => void agent.disconnect());
    },
    cut: () =>
      gone((agent) => {
        agent.transport?.disconnect(false);
      }),
    sendMessage: async (
      to,
      body,
      { id = running().nextId(), requestReceipt = false, chatState, replaces } = {},
    ) => {
      await message({
        to,
        body,
        id,
        type: 'chat',
        ...(requestReceipt ? { receipt: { type: 'request' } } : {}),
        ...(chatState === undefined ? {} : { chatState }),
        ...(replaces === undefined ? {} : { replace: replaces }),
      });
      return id;
    },
    sendChatState: (to, state) => message({ to, type: 'chat', chatState: state }),
    sendReceipt: (to, id) => message({ to, type: 'chat', receipt: { type: 'received', id } }),
    setPresence: (own: OwnPresence) => presence({ ...own }),
    goUnavailable: () => presence({ type: 'unavailable' }),
    subscribe: (to) => presence({ to, type: 'subscribe' }),
    unsubscribe: (to) => presence({ to, type: 'unsubscribe' }),
    accept: (to) => presence({ to, type: 'subscribed' }),
    deny: (to) => presence({ to, type: 'unsubscribed' }),
    roster: async () =>
      (await roster()).map((item) => ({
        jid: item.jid,
        name: item.name ?? '',
        subscription: item.subscription,
        groups: item.groups ?? [],
      })),
    setContact: async ({ jid: contact, name, groups }) => {
      const item = {
        jid: contact,
        ...(name === undefined ? {} : { name }),
        ...(groups === undefined ? {} : { groups: [...groups] }),
      };
      // Its type wants a subscription, which a client does not set (RFC 6121 §2.1.2.5).
      await running().updateRosterItem(item as RosterItem);
    },
    removeContact: async (contact) => {
      await running().removeRosterItem(contact);
    },
    sendRaw: (xml) => {
      // Its own way out serialises what it knows; a stanza as written goes straight to the socket, where each frame has to name
      // its namespace (RFC 7395 §3.3.3).
      const framed = xml.replace(/^<(\w+)(?![^>]*\sxmlns=)/u, "<$1 xmlns='jabber:client'");
      (running().transport as unknown as NodeJS.WritableStream | undefined)?.write(framed);
      return Promise.resolve();
    },
    onMessage: (listener) => {
      view.onMessage(listener);
    },
    waitForMessage: (fits, ms) => view.waitForMessage(fits, ms),
    waitForSubscription: (from, type, ms) => view.waitForSubscription(from, type, ms),
    waitForPresence: (from, fits, ms) => view.waitForPresence(from, fits, ms),
    waitForOffline: (from, ms) => view.waitForOffline(from, ms),
    presencesOf: (of) => view.presencesOf(of),
    presenceHistory: (of) => view.presenceHistory(of),
    waitForRaw: (fits, ms) => view.waitForRaw(fits, ms),
  };
}

function watch(agent: Agent, view: PeerView, requested: (from: string) => void): void {
  agent.on('raw:incoming', (xml: string) => {
    view.seeRaw(xml);
  });
  agent.on('message', (received: Stanzas.ReceivedMessage) => {
    view.seeMessage(peerMessage(received));
  });
  for (const kind of ['available', 'unavailable'] as const)
    agent.on(kind, (received: Stanzas.ReceivedPresence) => {
      view.seePresence({
        from: received.from,
        available: kind === 'available',
        show: received.show,
        status: received.status ?? '',
        priority: received.priority ?? 0,
      });
    });
  for (const type of SUBSCRIPTIONS)
    agent.on(type, (received: Stanzas.ReceivedPresence) => {
      view.seeSubscription(received.from, type);
      if (type === 'subscribe') requested(bare(received.from));
    });
}

function peerMessage(received: Stanzas.ReceivedMessage): PeerMessage {
  return {
    from: received.from,
    to: received.to,
    type: received.type ?? 'normal',
    id: received.id,
    body: received.body,
    chatState: received.chatState,
    receiptRequested: received.receipt?.type === 'request',
    receiptFor: received.receipt?.type === 'received' ? received.receipt.id : undefined,
    replaces: received.replace,
    delayed: received.delay !== undefined,
  };
}
