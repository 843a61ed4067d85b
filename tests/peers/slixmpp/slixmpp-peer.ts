import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import type { ServerAddress } from '../../servers/server';
import type { FilePeer, GivenFile } from '../file-peer';
import { Inbox } from '../inbox';
import type { Peer, PeerAccount, PeerOptions } from '../peer';
import { bare } from '../peer';
import { PeerView } from '../peer-view';

/** Debian's python3-slixmpp is seen by Debian's own Python alone. */
const PYTHON = '/usr/bin/python3';
const PROGRAM = join(import.meta.dirname, 'slixmpp-peer.py');

const optional = v.pipe(
  v.nullable(v.string()),
  v.transform((value) => value ?? undefined),
);
const show = v.pipe(
  v.nullable(v.picklist(['chat', 'away', 'xa', 'dnd'])),
  v.transform((value) => value ?? undefined),
);
const chatState = v.pipe(
  v.nullable(v.picklist(['active', 'composing', 'paused', 'inactive', 'gone'])),
  v.transform((value) => value ?? undefined),
);
const Contacts = v.array(
  v.object({
    jid: v.string(),
    name: v.string(),
    subscription: v.string(),

    groups: v.array(v.string()),
  }),
);
const Event = v.union([
  v.object({
    event: v.literal('message'),
    from: v.string(),
    to: optional,
    type: v.string(),
    id: optional,
    body: optional,
    chatState,
    receiptRequested: v.boolean(),
    receiptFor: optional,
    replaces: optional,
    delayed: v.boolean(),
  }),
  v.object({
    event: v.literal('presence'),
    from: v.string(),
    available: v.boolean(),
    show,
    status: v.string(),
    priority: v.number(),
  }),
  v.object({
    event: v.literal('subscription'),
    from: v.string(),
    type: v.picklist(['subscribe', 'subscribed', 'unsubscribe', 'unsubscribed']),
  }),
  v.object({
    event: v.literal('file'),
    name: v.string(),
    hash: v.nullable(v.string()),
    bytes: v.pipe(
      v.string(),
      v.transform((text) => Buffer.from(text, 'base64')),
    ),
  }),
  v.object({ event: v.literal('raw'), xml: v.string() }),
  v.object({ event: v.literal('end'), reason: v.string() }),
  v.object({
    done: v.number(),
    error: v.optional(v.string()),
    jid: v.optional(v.string()),
    id: v.optional(v.string()),
    contacts: v.optional(Contacts),
  }),
]);
type Answer = Extract<v.InferOutput<typeof Event>, { done: number }>;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** slixmpp 1.8 over TCP, in a Python process of its own that ends with this one. */
export function slixmppPeer(
  server: ServerAddress,
  account: PeerAccount,
  options: PeerOptions = {},
): Peer & FilePeer {
  const { tcpPort } = server;
  if (tcpPort === undefined) throw new Error(`slixmpp speaks TCP, which ${server.kind} does not`);
  const view = new PeerView();
  const files = new Inbox<GivenFile>(({ name }) => name);
  const waiting = new Map<number, Waiting>();
  let child: ChildProcessWithoutNullStreams | undefined;
  let next = 1;
  let jid = account.jid;

  const take = (line: string): void => {
    const event = v.parse(Event, JSON.parse(line));
    if ('done' in event) {
      const asked = waiting.get(event.done);
      waiting.delete(event.done);
      if (event.error === undefined) asked?.resolve(event);
      else asked?.reject(new Error(`slixmpp: ${event.error}`));
    } else if (event.event === 'message') view.seeMessage(event);
    else if (event.event === 'presence') view.seePresence(event);
    else if (event.event === 'subscription') view.seeSubscription(event.from, event.type);
    else if (event.event === 'file') files.push(event);
    else if (event.event === 'raw') view.seeRaw(event.xml);
  };
  const launch = (): void => {
    const python = spawn(PYTHON, ['-B', '-W', 'ignore', PROGRAM], { stdio: 'pipe' });
    let complaints = '';
    python.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (complaints = (complaints + text).slice(-4_000)));
    python.stdin.on('error', () => undefined);
    createInterface({ input: python.stdout }).on('line', take);
    python.once('exit', () => {
      if (child === python) child = undefined;
      for (const asked of waiting.values()) asked.reject(new Error(`slixmpp ended: ${complaints}`));
      waiting.clear();
    });
    child = python;
    const { autoAccept = true, silent = false, ...rest } = options;
    python.stdin.write(`${JSON.stringify({ ...rest, ...account, port: tcpPort, autoAccept, silent })}\n`);
  };
  const ask = (command: string, given: Readonly<Record<string, unknown>> = {}): Promise<Answer> => {
    const running = child;
    if (running === undefined) return Promise.reject(new Error('this peer is not connected'));
    const number = next++;
    return new Promise((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      running.stdin.write(`${JSON.stringify({ ...given, command, number })}\n`);
    });
  };
  const tell = async (command: string, given?: Readonly<Record<string, unknown>>): Promise<void> => {
    await ask(command, given);
  };
  const end = (): void => {
    child?.stdin.end();
    child = undefined;
  };

  return {
    client: 'slixmpp',
    bareJid: bare(account.jid),
    get jid() {
      return jid;
    },
    get messages() {
      return view.messages;
    },
    connect: async () => {
      view.forgetPresence();
      launch();
      try {
        jid = (await ask('connect')).jid ?? jid;
      } catch (error) {
        end();
        throw error;
      }
    },
    disconnect: async () => {
      if (child === undefined) return;
      await ask('disconnect').catch(() => undefined);
      end();
    },
    cut: async () => {
      await tell('cut');
      end();
    },
    sendMessage: async (to, body, extra = {}) => (await ask('message', { to, body, ...extra })).id ?? '',
    sendChatState: (to, state) => tell('chatState', { to, state }),
    sendReceipt: (to, id) => tell('receipt', { to, id }),
    setPresence: (presence) => tell('presence', { ...presence }),
    goUnavailable: () => tell('presence', { type: 'unavailable' }),
    subscribe: (to) => tell('presence', { to, type: 'subscribe' }),
    unsubscribe: (to) => tell('presence', { to, type: 'unsubscribe' }),
    accept: (to) => tell('presence', { to, type: 'subscribed' }),
    deny: (to) => tell('presence', { to, type: 'unsubscribed' }),
    roster: async () => (await ask('roster')).contacts ?? [],
    setContact: (contact) => tell('setContact', { ...contact }),
    removeContact: (contact) => tell('removeContact', { jid: contact }),
    sendRaw: (xml) => tell('raw', { xml }),
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
    takesFiles: (how) => tell('takes', { how }),
    offerFile: async (to, { name, bytes, size = bytes.length, hash }) => {
      const given = { to, name, size, hash, bytes: Buffer.from(bytes).toString('base64') };
      return ask('offer', given).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : 'refused'),
      );
    },
    waitForFile: (name) => files.take('The file', (file) => file.name === name, 60_000),
  };
}
