import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ServerAddress } from '../../servers/server';
import type { FilePeer } from '../file-peer';
import { Inbox } from '../inbox';
import { bare, type Peer, type PeerAccount, type PeerOptions } from '../peer';
import { PeerView } from '../peer-view';
import { installSmack } from './install';
import { takeWords } from './words';

const WAIT_MS = 60_000;

export interface SmackPeer extends Peer, FilePeer {
  readonly client: 'smack';
  /** Sends a message with what Smack has for it: pairs of a name and a text (Talk.java). Answers its id. */
  say(to: string, body: string, ...more: readonly string[]): Promise<string>;
  /** Does something in a room as Spark does it, by Smack's own MultiUserChat (Rooms.java). */
  inRoom(what: string, room: string, ...words: readonly string[]): Promise<void>;
  /** The next thing that Smack tells of a room: what it is, and the words that came along. */
  waitForRoom(room: string, what: 'subject' | 'kicked' | 'invited' | 'declined'): Promise<string>;
  /** XEP-0280, by Smack's own manager. */
  enableCopies(): Promise<void>;
  /** The next copy with this text: whether we had `sent` or `received` it, and to whom it went. */
  waitForCopy(body: string): Promise<{ readonly direction: string; readonly to: string }>;
}

export const isSmack = (peer: Peer): peer is SmackPeer => peer.client === 'smack';

interface Waiting {
  readonly resolve: (answer: string) => void;
  readonly reject: (error: Error) => void;
}

/** The one way to it that the server has: TCP, else BOSH (XEP-0206), which Openfire has beside its WebSocket. */
const wayTo = ({ tcpPort, wsUrl }: ServerAddress): readonly [string, string] =>
  tcpPort === undefined ? [new URL(wsUrl).port, 'bosh'] : [String(tcpPort), 'tcp'];

/** Smack 4.4, in a Java process of its own that ends with this one. */
export function smackPeer(server: ServerAddress, account: PeerAccount, options: PeerOptions = {}): SmackPeer {
  const view = new PeerView();
  const said = new Inbox<readonly string[]>((words) => words.join(' '));
  const waiting = new Map<string, Waiting>();
  const [port, way] = wayTo(server);
  /** What it offers and what it takes; gone with it. */
  let folder = '';
  let child: ChildProcessWithoutNullStreams | undefined;
  let complaints = '';
  let next = 1;
  let jid = account.jid;

  const take = (words: readonly string[]): void => {
    const [what = '', number = '', answer = ''] = words;
    const asked = what === 'done' || what === 'failed' ? waiting.get(number) : undefined;
    if (asked) waiting.delete(number);
    if (what === 'done') asked?.resolve(answer);
    else if (what === 'failed') asked?.reject(new Error(`Smack: ${answer}`));
    else if (!takeWords(view, words)) said.push(words);
  };
  const write = (words: readonly string[]): void => {
    child?.stdin.write(`${words.map((word) => Buffer.from(word, 'utf8').toString('base64')).join(' ')}\n`);
  };
  const launch = async (): Promise<void> => {
    const classPath = await installSmack();
    const own = mkdtempSync(join(tmpdir(), 'flint-smack-'));
    folder = own;
    const settings = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', `-Djava.io.tmpdir=${own}`];
    const java = spawn('java', [...settings, '-cp', classPath, 'Peer'], { stdio: 'pipe' });
    const drop = (): void => {
      rmSync(own, { recursive: true, force: true });
    };
    // Who never ends it leaves nothing behind either.
    process.once('exit', drop);
    createInterface({ input: java.stdout }).on('line', (line) => {
      take(line.split(' ').map((word) => Buffer.from(word, 'base64').toString('utf8')));
    });
    java.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (complaints = (complaints + text).slice(-4_000)));
    java.stdin.on('error', () => undefined);
    java.once('exit', () => {
      if (child === java) child = undefined;
      process.off('exit', drop);
      drop();
      for (const asked of waiting.values()) asked.reject(new Error(`Smack ended: ${complaints}`));
      waiting.clear();
      said.push(['ended']);
    });
    child = java;
    const { autoAccept = true, silent = false, resource = 'spark', priority, files = 'si' } = options;
    const [name = '', domain = ''] = account.jid.split('@');
    write([
      ...[domain, port, name, account.password, resource, files, way],
      ...[
        autoAccept ? 'accepts' : '',
        silent ? 'silent' : '',
        priority === undefined ? '' : String(priority),
      ],
    ]);
  };
  const ask = (command: string, ...words: readonly string[]): Promise<string> => {
    if (child === undefined) return Promise.reject(new Error('this peer is not connected'));
    const number = String(next++);
    return new Promise((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      write([number, command, ...words]);
    });
  };
  const tell = async (command: string, ...words: readonly string[]): Promise<void> => {
    await ask(command, ...words);
  };
  const end = async (running: ChildProcessWithoutNullStreams, now: boolean): Promise<void> => {
    const ended = once(running, 'exit');
    if (now) running.kill('SIGKILL');
    else running.stdin.end();
    await ended;
  };
  const subscription = (to: string, type: string): Promise<void> => tell('subscription', to, type);

  return {
    client: 'smack',
    bareJid: bare(account.jid),
    get jid() {
      return jid;
    },
    get messages() {
      return view.messages;
    },
    connect: async () => {
      view.forgetPresence();
      await launch();
      const [what, own = ''] = await said.take(
        'Smack',
        ([first]) => first === 'ready' || first === 'ended',
        WAIT_MS,
      );
      if (what === 'ended') throw new Error(`Smack did not sign in: ${complaints}`);
      jid = own;
    },
    disconnect: async () => {
      if (child) await end(child, false);
    },
    cut: async () => {
      if (child) await end(child, true);
    },
    sendMessage: (to, body, { id = '', requestReceipt = false, chatState, replaces } = {}) =>
      ask(
        ...(['message', to, body, id] as const),
        ...(requestReceipt ? ['receipt-request', ''] : []),
        ...(chatState === undefined ? [] : ['chat-state', chatState]),
        ...(replaces === undefined ? [] : ['correction', replaces]),
      ),
    sendChatState: (to, state) => tell('message', to, '', '', 'chat-state', state),
    sendReceipt: (to, id) => tell('message', to, '', '', 'receipt', id),
    setPresence: ({ show = '', status = '', priority }) =>
      tell('available', show, status, priority === undefined ? '' : String(priority)),
    goUnavailable: () => tell('unavailable'),
    subscribe: (to) => subscription(to, 'subscribe'),
    unsubscribe: (to) => subscription(to, 'unsubscribe'),
    accept: (to) => subscription(to, 'subscribed'),
    deny: (to) => subscription(to, 'unsubscribed'),
    roster: async () => {
      const lines = (await ask('roster')).split('\n').filter((line) => line !== '');
      return lines.map((line) => {
        const [contact = '', name = '', subscribed = '', ...groups] = line.split('\t');
        return { jid: contact, name, subscription: subscribed, groups };
      });
    },
    setContact: ({ jid: contact, name = '', groups = [] }) => tell('set-contact', contact, name, ...groups),
    removeContact: (contact) => tell('remove-contact', contact),
    sendRaw: (xml) => tell('raw', xml),
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
    say: (to, body, ...more) => ask('message', to, body, '', ...more),
    inRoom: (what, room, ...words) => tell(`room-${what}`, room, ...words),
    waitForRoom: async (room, what) => {
      const fits = ([kind, of, is]: readonly string[]): boolean =>
        kind === 'room' && of === room && is === what;
      return (await said.take(`“${what}” of ${room}`, fits, WAIT_MS))[3] ?? '';
    },
    enableCopies: () => tell('copies'),
    waitForCopy: async (body) => {
      const copy = ([kind, , , text]: readonly string[]): boolean => kind === 'copy' && text === body;
      const [, direction = '', to = ''] = await said.take(`A copy of “${body}”`, copy, WAIT_MS);
      return { direction, to };
    },
    takesFiles: (how) => tell('takes', how),
    offerFile: async (to, file) => {
      const path = join(folder, file.name);
      writeFileSync(path, file.bytes);
      await tell('offer', to, path);
      const sent = ([what, of]: readonly string[]): boolean => what === 'sent' && of === path;
      const [, , status] = await said.take('The end of the file', sent, WAIT_MS);
      return status === 'complete' ? null : (status ?? 'unknown');
    },
    waitForFile: async (wanted) => {
      const given = ([what, of]: readonly string[]): boolean => what === 'file' && of === wanted;
      const [, name = '', path = '', status = ''] = await said.take('The file', given, WAIT_MS);
      if (status !== 'complete') throw new Error(`Smack says of ${name}: ${status}`);
      return { name, bytes: readFileSync(path), hash: null };
    },
  };
}
