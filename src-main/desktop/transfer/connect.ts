import { lookup as resolve } from 'node:dns';
import { request as httpRequest, type ClientRequest, type RequestOptions } from 'node:http';
import { connect as connectPlain, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { isLoopbackHost } from '../../../src-shared/model/file';
import type { Reach } from '../../ports';
import type { Trust } from '../http';
import { isPrivateAddress } from './private-address';

/** Marks an error of ours: the address is one that may not be used. */
export const UNSAFE = 'EUNSAFE';
const unsafe = (): NodeJS.ErrnoException =>
  Object.assign(new Error('not an address to go to'), { code: UNSAFE });

/** Whatever a name leads to is looked at before anything connects to it. */
const publicOnly: LookupFunction = (host, options, done) => {
  resolve(host, { ...options, all: true }, (error, found) => {
    if (error) {
      done(error, []);
      return;
    }
    if (found.some(({ address }) => isPrivateAddress(address))) done(unsafe(), []);
    else if (options.all) done(null, found);
    else done(null, found[0]?.address ?? '', found[0]?.family);
  });
};

type Connected = (error: Error | null, socket?: Socket) => void;

/** Until a socket is ready it is not the request's: whoever stops that one would leave a host that never answers on the line. */
const whenReady = (
  socket: Socket,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
  done: Connected,
  ready: () => void,
): void => {
  const stop = (): void => void socket.destroy(new Error('stopped'));
  socket.once('error', done);
  socket.once(event, () => {
    socket.off('error', done);
    signal.removeEventListener('abort', stop);
    ready();
  });
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
};

/**
 * Begins a request, without cookies, connection of its own. Nothing is written before the address was found good and the
 * certificate is one that the system trusts, or one that the user does. `error` with the code UNSAFE: it may not go there.
 */
export const openRequest = (
  url: URL,
  options: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  },
  reach: Reach,
  trust: Trust,
): ClientRequest => {
  const { method, headers, signal } = options;
  const secure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  const port = Number(url.port || (secure ? 443 : 80));
  const free = reach.mayBePrivate(url.hostname);
  const plain = url.protocol === 'http:' && reach.plain && isLoopbackHost(url.hostname);
  const allowed = (secure || plain) && reach.mayGo(url.hostname);
  const createConnection = (_: unknown, done: Connected): undefined => {
    if (!allowed || (!free && isIP(host) !== 0 && isPrivateAddress(host))) {
      done(unsafe());
      return undefined;
    }
    const to = { host, port, ...(free ? {} : { lookup: publicOnly }) };
    if (!secure) {
      const socket = connectPlain(to);
      whenReady(socket, 'connect', signal, done, () => {
        done(null, socket);
      });
      return undefined;
    }
    const socket = connectTls({
      ...to,
      ...trust,
      // Looked at below, before anything is written.
      rejectUnauthorized: false,
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    whenReady(socket, 'secureConnect', signal, done, () => {
      const pinned = reach.pins(url.hostname).includes(socket.getPeerCertificate().fingerprint256);
      if (socket.authorized || pinned) done(null, socket);
      else {
        socket.destroy();
        done(Object.assign(new Error('certificate'), { code: 'ECERTIFICATE' }));
      }
    });
    return undefined;
  };
  return httpRequest({
    ...{ method, signal },
    createConnection: createConnection as unknown as NonNullable<RequestOptions['createConnection']>,
    protocol: 'http:',
    host,
    port,
    path: url.pathname + url.search,
    headers: { host: url.host, ...headers },
  });
};
