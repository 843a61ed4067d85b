/** A server that does what a test says, byte by byte: WebSocket on loopback, with TLS where it is given a certificate. */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  createServer as createHttp,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** One client, seen from the server. */
export interface Guest {
  readonly path: string;
  /** The next frame of the client; rejects when it leaves. */
  receive(): Promise<string>;
  send(frame: string | Buffer): void;
  /** Bytes under the WebSocket. */
  readonly raw: Socket;
  /** Closes the WebSocket in order. */
  close(): void;
  /** Frames of the client so far. */
  readonly received: readonly string[];
  readonly gone: Promise<void>;
}

export interface HostileServer {
  readonly url: string;
  readonly port: number;
  readonly guests: readonly Guest[];
  stop(): Promise<void>;
}

export interface HostileOptions {
  /** Files of a key and a chain: then it is wss. */
  readonly tls?: { readonly keyFile: string; readonly chainFile: string };
  readonly host?: string;
  /** Answers HTTP instead of upgrading. */
  readonly http?: (request: IncomingMessage, response: ServerResponse) => void;
  /** What the upgrade answers as sub-protocol; null: none. */
  readonly protocol?: string | null;
}

export const hostileServer = async (
  script: (guest: Guest) => Promise<void> | void = () => undefined,
  options: HostileOptions = {},
): Promise<HostileServer> => {
  const { tls, protocol = 'xmpp', host = '127.0.0.1' } = options;
  const server: Server = tls
    ? createHttps({ key: readFileSync(tls.keyFile), cert: readFileSync(tls.chainFile) })
    : createHttp();
  const sockets = new Set<Socket>();
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  const guests: Guest[] = [];
  const webSockets = new WebSocketServer({
    noServer: true,
    handleProtocols: () => protocol ?? false,
  });
  const { http } = options;
  server.on('upgrade', (request, socket: Socket, head) => {
    webSockets.handleUpgrade(request, socket, head, (ws) => {
      const guest = new WebSocketGuest(ws, request.url ?? '/', socket);
      guests.push(guest);
      void Promise.resolve(script(guest)).catch(() => undefined);
    });
  });
  if (http) server.removeAllListeners('upgrade').on('request', http);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'wss' : 'ws'}://localhost:${String(port)}/ws`,
    port,
    guests,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

class WebSocketGuest implements Guest {
  readonly received: string[] = [];
  readonly gone: Promise<void>;
  readonly #frames: string[] = [];
  #waiting: { resolve: (frame: string) => void; reject: (error: Error) => void } | null = null;
  #left = false;

  constructor(
    private readonly ws: WebSocket,
    readonly path: string,
    readonly raw: Socket,
  ) {
    ws.on('error', () => undefined);
    ws.on('message', (data) => {
      const frame = (data as Buffer).toString('utf8');
      this.received.push(frame);
      const waiting = this.#waiting;
      this.#waiting = null;
      if (waiting) waiting.resolve(frame);
      else this.#frames.push(frame);
    });
    this.gone = new Promise((resolve) => {
      ws.on('close', () => {
        this.#left = true;
        this.#waiting?.reject(new Error('the client left'));
        resolve();
      });
    });
  }

  receive(): Promise<string> {
    const frame = this.#frames.shift();
    if (frame !== undefined) return Promise.resolve(frame);
    if (this.#left) return Promise.reject(new Error('the client left'));
    return new Promise((resolve, reject) => (this.#waiting = { resolve, reject }));
  }

  send(frame: string | Buffer): void {
    this.ws.send(frame);
  }

  close(): void {
    this.ws.close();
  }
}

/** The steps of a session as a server takes them; a test replaces the one that it is about. */
export interface Manners {
  readonly open: string;
  readonly features: string;
  /** Called with the frame `<auth/>`; answers up to `<success/>`. */
  readonly auth: (guest: Guest, auth: string) => Promise<void>;
  readonly boundFeatures: string;
  readonly bind: (id: string) => string;
  readonly enabled: string;
  /**
   * Called with the frame `<resume/>`, before anything is bound: true, and it goes on with what this sent (then the session
   * is live); false, and a resource is bound.
   */
  readonly resume: (guest: Guest, resume: string) => Promise<boolean> | boolean;
  /** Once the session stands. */
  readonly live: (guest: Guest) => Promise<void> | void;
}

export const domain = 'hostile.test';
export const frames = {
  open: `<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' from='${domain}' id='1' version='1.0'/>`,
  close: `<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>`,
  features: (content: string) =>
    `<stream:features xmlns:stream='http://etherx.jabber.org/streams'>${content}</stream:features>`,
  mechanisms: (...names: readonly string[]) =>
    `<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${names.map((name) => `<mechanism>${name}</mechanism>`).join('')}</mechanisms>`,
  sasl: (name: string, content = '') =>
    `<${name} xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${content}</${name}>`,
  streamError: (condition: string) =>
    `<stream:error xmlns:stream='http://etherx.jabber.org/streams'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>`,
  bind: "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>",
  sm: "<sm xmlns='urn:xmpp:sm:3'/>",
} as const;

export const jid = `juliet@${domain}/Flint-1a2b3c`;

/** A server that does everything right, but for what `changes` says. */
export const polite = (changes: Partial<Manners> = {}): ((guest: Guest) => Promise<void>) => {
  const manners: Manners = {
    open: frames.open,
    features: frames.features(frames.mechanisms('SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN')),
    auth: (guest, auth) => scramServer(guest, auth, { password: 'secret' }),
    boundFeatures: frames.features(frames.bind + frames.sm),
    bind: (id) =>
      `<iq xmlns='jabber:client' type='result' id='${id}'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>${jid}</jid></bind></iq>`,
    enabled: "<enabled xmlns='urn:xmpp:sm:3'/>",
    resume: (guest) => {
      guest.send("<failed xmlns='urn:xmpp:sm:3'/>");
      return false;
    },
    live: () => undefined,
    ...changes,
  };
  return async (guest) => {
    await guest.receive();
    guest.send(manners.open);
    guest.send(manners.features);
    await manners.auth(guest, await guest.receive());
    await guest.receive();
    guest.send(frames.open);
    guest.send(manners.boundFeatures);
    let bind = await guest.receive();
    if (bind.startsWith('<resume')) {
      if (await manners.resume(guest, bind)) return manners.live(guest);
      bind = await guest.receive();
    }
    guest.send(manners.bind(idOf(bind)));
    if (manners.boundFeatures.includes('urn:xmpp:sm')) {
      // What a client asks before that, the name of our software say, is none of this server's business.
      for (let frame = await guest.receive(); frame.startsWith('<iq'); frame = await guest.receive())
        guest.send(
          `<iq xmlns='jabber:client' type='error' id='${idOf(frame)}' from='${domain}'><error type='cancel'>` +
            `<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`,
        );
      guest.send(manners.enabled);
    }
    await manners.live(guest);
  };
};

/** What a server with SASL2 offers, and how it succeeds. */
export const sasl2 = {
  features: frames.features(
    "<authentication xmlns='urn:xmpp:sasl:2'><mechanism>SCRAM-SHA-256</mechanism><mechanism>PLAIN</mechanism><inline>" +
      "<bind xmlns='urn:xmpp:bind:0'><inline><feature var='urn:xmpp:carbons:2'/><feature var='urn:xmpp:sm:3'/></inline></bind>" +
      "<fast xmlns='urn:xmpp:fast:0'><mechanism>HT-SHA-256-NONE</mechanism></fast><sm xmlns='urn:xmpp:sm:3'/></inline></authentication>",
  ),
  wrap: (name: string, content = ''): string => `<${name} xmlns='urn:xmpp:sasl:2'>${content}</${name}>`,
  success: (data: string | null, content: string): string =>
    sasl2.wrap(
      'success',
      (data === null ? '' : `<additional-data>${data}</additional-data>`) +
        `<authorization-identifier>${jid}</authorization-identifier>${content}`,
    ),
  bound:
    "<bound xmlns='urn:xmpp:bind:0'><enabled xmlns='urn:xmpp:sm:3' id='sm-1' resume='true' max='60'/></bound>",
  /** The same bytes that `sasl` sends, in SASL2's elements; success comes with `inline`. */
  of:
    (inline: string) =>
    (name: string, content = ''): string =>
      name === 'success' ? sasl2.success(content === '' ? null : content, inline) : sasl2.wrap(name, content),
} as const;

/** A server with SASL2 that does everything right, but for what `authenticate` (up to `<success/>`) does. */
export const politeSasl2 =
  (
    authenticate: (guest: Guest, frame: string) => Promise<void> | void,
    live: (guest: Guest) => Promise<void> | void = () => undefined,
  ): ((guest: Guest) => Promise<void>) =>
  async (guest) => {
    await guest.receive();
    guest.send(frames.open);
    guest.send(sasl2.features);
    await authenticate(guest, await guest.receive());
    guest.send(frames.features(frames.sm));
    await live(guest);
  };

export const idOf = (frame: string): string => /\bid="([^"]+)"/.exec(frame)?.[1] ?? '';

export interface ScramServerOptions {
  readonly password: string;
  readonly iterations?: number;
  /** Further fields of server-first. */
  readonly extra?: string;
  /** Changes what is sent. */
  readonly first?: (message: string) => string;
  readonly final?: (message: string) => string;
  /** The signature as a challenge of its own, as some servers send it. */
  readonly separateFinal?: boolean;
  /** How an element is written; default: as RFC 6120 has it. */
  readonly element?: (name: string, content?: string) => string;
}

/** The server's half of SCRAM (RFC 5802 §3). */
export const scramServer = async (guest: Guest, auth: string, options: ScramServerOptions): Promise<void> => {
  const mechanism = /mechanism="([^"]+)"/.exec(auth)?.[1] ?? '';
  const hash = { 'SCRAM-SHA-1': 'sha1', 'SCRAM-SHA-256': 'sha256', 'SCRAM-SHA-512': 'sha512' }[mechanism];
  if (!hash) throw new Error(`no SCRAM: ${mechanism}`);
  const text = (frame: string): string =>
    Buffer.from(/>([^<]+)</.exec(frame)?.[1] ?? '', 'base64').toString('utf8');
  const { element = frames.sasl } = options;
  const base64 = (message: string): string => Buffer.from(message).toString('base64');
  const clientFirst = text(auth).slice(3);
  const nonce = (/r=([^,]+)/.exec(clientFirst)?.[1] ?? '') + randomBytes(9).toString('hex');
  const salt = randomBytes(12);
  const iterations = options.iterations ?? 4096;
  const plainFirst = `r=${nonce},s=${salt.toString('base64')},i=${String(iterations)}${options.extra ?? ''}`;
  const serverFirst = options.first?.(plainFirst) ?? plainFirst;
  guest.send(element('challenge', base64(serverFirst)));
  const clientFinal = text(await guest.receive());
  const hmac = (key: Buffer, message: string): Buffer => createHmac(hash, key).update(message).digest();
  const length = createHash(hash).digest().length;
  const salted = pbkdf2Sync(options.password, salt, iterations, length, hash);
  const withoutProof = clientFinal.slice(0, clientFinal.lastIndexOf(',p='));
  const message = `${clientFirst},${serverFirst},${withoutProof}`;
  const plainFinal = `v=${hmac(hmac(salted, 'Server Key'), message).toString('base64')}`;
  const serverFinal = base64(options.final?.(plainFinal) ?? plainFinal);
  if (options.separateFinal) {
    guest.send(element('challenge', serverFinal));
    await guest.receive();
    guest.send(element('success'));
  } else guest.send(element('success', serverFinal));
};
