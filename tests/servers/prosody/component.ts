import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { Parser, type Element } from '@xmpp/xml';
import { COMPONENT_SECRET, componentDomain } from './config';

const COMPONENT = 'jabber:component:accept';

/** A service of its own beside a Prosody (XEP-0114), to which the server gives whatever is sent to its domain. */
export interface Component {
  readonly domain: string;
  /** Stanzas as text, in one write. */
  send(stanzas: readonly string[]): void;
  stop(): Promise<void>;
}

/**
 * Takes the place that a Prosody keeps for a component; resolves once the server has let it in (XEP-0114 §3).
 *
 * @param port the server's `componentPort`
 * @param take told every stanza that comes
 */
export async function connectComponent(
  server: { readonly domain: string },
  port: number,
  take: (stanza: Element) => void,
): Promise<Component> {
  const domain = componentDomain(server.domain);
  const socket = createConnection({ port, host: '127.0.0.1' });
  const parser = new Parser();
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    parser.write(text);
  });
  await once(socket, 'connect');
  const letIn = new Promise<void>((resolve, reject) => {
    socket.once('close', () => {
      reject(new Error('the server did not let the component in'));
    });
    parser.on('start', ({ attrs }: Element) => {
      const proof = createHash('sha1').update(`${String(attrs['id'])}${COMPONENT_SECRET}`);
      socket.write(`<handshake>${proof.digest('hex')}</handshake>`);
    });
    parser.on('element', (element: Element) => {
      if (element.getName() === 'handshake') resolve();
      else take(element);
    });
  });
  socket.on('error', () => undefined);
  socket.write(
    `<stream:stream xmlns="${COMPONENT}" xmlns:stream="http://etherx.jabber.org/streams" to="${domain}">`,
  );
  await letIn;
  return {
    domain,
    send: (stanzas) => void socket.write(stanzas.join('')),
    async stop() {
      if (socket.closed) return;
      const closed = once(socket, 'close');
      socket.end('</stream:stream>');
      socket.destroySoon();
      await closed;
    },
  };
}
