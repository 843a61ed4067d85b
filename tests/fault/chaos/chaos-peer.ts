import { connectPeer } from '../../peers/connect-peer';
import type { Peer, PeerAccount } from '../../peers/peer';
import type { TestServer } from '../../servers/server';
import type { Arrival } from './ledger';

const ANSWER_MS = 4_000;

/** Somebody on a client that is not ours, on a line of their own to the server: never hurt but by the server's end. */
export class ChaosPeer {
  readonly #heard: Arrival[] = [];
  readonly #ids = new Map<string, string>();
  readonly #bounced = new Set<string>();
  readonly #comings: number[] = [];
  #peer: Peer | null = null;
  #asked = 0;

  constructor(
    private readonly server: TestServer,
    private readonly account: PeerAccount,
    private readonly client: Peer['client'],
  ) {}

  get jid(): string {
    return this.account.jid;
  }

  get there(): boolean {
    return this.#peer !== null;
  }

  /** Everything that ever came, oldest first. */
  get heard(): readonly Arrival[] {
    return this.#heard;
  }

  /** When it was there again after this moment; null: not since. Epoch milliseconds. */
  backAfter(moment: number): number | null {
    return this.#comings.find((at) => at > moment) ?? null;
  }

  /** Signs in, as often as it takes. */
  async connect(): Promise<void> {
    await this.#connect();
    this.#comings.push(Date.now());
  }

  async #connect(): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        // Not available before somebody listens: what waits at the server comes right after.
        const peer = await connectPeer(this.server, this.account, { client: this.client, silent: true });
        peer.onMessage(({ body, id, type }) => {
          // A full box at the server (XEP-0160 §2): whoever wrote is told, and the message is nowhere.
          if (type === 'error' && id !== undefined) this.#bounced.add(id);
          if (body !== undefined && type === 'chat') this.#heard.push({ body, id: id ?? '' });
        });
        await peer.setPresence({});
        this.#peer = peer;
        return;
      } catch (error) {
        if (tries === 5) throw error;
        await new Promise((next) => setTimeout(next, 500));
      }
    }
  }

  /** The server gave the message with this body back. */
  gotBack(body: string): boolean {
    return this.#bounced.has(this.#ids.get(body) ?? '');
  }

  /** Its server is about to die. */
  async cut(): Promise<void> {
    const peer = this.#peer;
    this.#peer = null;
    await peer?.cut().catch(() => undefined);
  }

  async leave(): Promise<void> {
    const peer = this.#peer;
    this.#peer = null;
    await peer?.disconnect().catch(() => undefined);
  }

  /**
   * Sends a message and asks the server something after it: the answer says that the message is there (RFC 6120 §10.1: in order).
   *
   * @returns when that was, in epoch milliseconds; null when no answer came
   */
  async say(to: string, body: string): Promise<number | null> {
    const peer = this.#peer;
    if (!peer) return null;
    const id = `chaos-${String(++this.#asked)}-`;
    try {
      this.#ids.set(body, await peer.sendMessage(to, body));
      const answer = peer.waitForRaw((xml) => xml.includes(id), ANSWER_MS);
      answer.catch(() => undefined);
      await peer.sendRaw(
        `<iq xmlns="jabber:client" type="get" id="${id}" to="${this.server.domain}"><ping xmlns="urn:xmpp:ping"/></iq>`,
      );
      await answer;
      return Date.now();
    } catch {
      return null;
    }
  }
}
