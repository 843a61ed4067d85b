import { once } from 'node:events';
import { WebSocket } from 'ws';
import { Inbox } from '../peers/inbox';
import type { ServerAddress } from './server';

const WAIT_MS = 5_000;

/** One WebSocket to a server, stanza by stanza, for tests of the servers themselves: no client, no cleverness. */
export class RawSession {
  private readonly inbox = new Inbox<string>((xml) => xml.slice(0, 300));
  private next = 1;
  private jidBound = '';

  private constructor(
    private readonly socket: WebSocket,
    private readonly domain: string,
  ) {
    socket.on('message', (data: Buffer) => {
      this.inbox.push(data.toString('utf8'));
    });
    socket.on('error', () => undefined);
  }

  /** Connects and opens the stream; the features are returned. */
  static async open(
    server: Pick<ServerAddress, 'wsUrl' | 'domain'>,
  ): Promise<{ readonly session: RawSession; readonly features: string }> {
    const socket = new WebSocket(server.wsUrl, ['xmpp']);
    const session = new RawSession(socket, server.domain);
    await once(socket, 'open');
    return { session, features: await session.openStream() };
  }

  get jid(): string {
    return this.jidBound;
  }

  /** PLAIN and a new stream; the features after it are returned. */
  async authenticate(name: string, password: string): Promise<string> {
    const credentials = Buffer.from(`\0${name}\0${password}`).toString('base64');
    this.send(`<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="PLAIN">${credentials}</auth>`);
    const answer = await this.take((xml) => xml.startsWith('<success') || xml.startsWith('<failure'));
    if (!answer.startsWith('<success')) throw new Error(answer);
    return this.openStream();
  }

  async bind(): Promise<void> {
    const answer = await this.iq('set', '<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/>');
    this.jidBound = /<jid>([^<]+)<\/jid>/.exec(answer)?.[1] ?? '';
  }

  /** The answer to a request, be it a result or an error. */
  async iq(type: 'get' | 'set', payload: string, to?: string): Promise<string> {
    const id = `raw-${String(this.next++)}`;
    const address = to === undefined ? '' : ` to="${to}"`;
    this.send(`<iq xmlns="jabber:client" id="${id}" type="${type}"${address}>${payload}</iq>`);
    return this.take((xml) => xml.startsWith('<iq') && new RegExp(`id=['"]${id}['"]`).test(xml));
  }

  send(xml: string): void {
    this.socket.send(xml);
  }

  take(fits: (xml: string) => boolean, ms = WAIT_MS): Promise<string> {
    return this.inbox.take('The stanza', fits, ms);
  }

  /** What has come and was not taken. */
  drain(): readonly string[] {
    return this.inbox.drain();
  }

  /** Leaves without a word, as a lost link does. */
  cut(): void {
    this.socket.terminate();
  }

  private async openStream(): Promise<string> {
    this.send(`<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="${this.domain}" version="1.0"/>`);
    return this.take((xml) => xml.includes('features'));
  }
}
