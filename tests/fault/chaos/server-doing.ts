import { connectPeer } from '../../peers/connect-peer';
import { CAPABILITIES } from '../../servers/capabilities';
import type { TestAccount } from '../../servers/shared';
import type { MAIN_SERVERS, TestServer } from '../../servers/server';
import { archiveOf } from './archive-of';
import type { ChaosPeer } from './chaos-peer';
import { nameOf, type Entry, type ServerFaults } from './ledger';
import type { Wire } from './wire';

/** So long after a peer's sign-in a server may still mix what waited for it with what is new. */
const COMING_MS = 1_000;
/**
 * What a server has acknowledged so long before its SIGKILL may be gone with it: Openfire's database writes behind, ejabberd hands
 * messages on between its processes. Milliseconds.
 */
const FORGETS_MS: Readonly<Record<(typeof MAIN_SERVERS)[number] | 'prosody13', number>> = {
  prosody: 300,
  prosody13: 300,
  ejabberd: 500,
  openfire: 2_500,
};
/** No frame and no clock is further out. */
const ROUND_MS = 30_000;

interface World {
  readonly server: TestServer;
  readonly ours: TestAccount;
  readonly peers: readonly Pick<ChaosPeer, 'backAfter'>[];
  readonly wire: Pick<Wire, 'carried'>;
}

/** What is the server's doing, and none of Flint's. */
export class ServerDoing implements ServerFaults {
  readonly #deaths: number[] = [];
  /** What was in our archive when it was asked last; null: it was not asked. */
  #archived: string | null = null;

  constructor(private readonly world: World) {}

  died(at: number): void {
    this.#deaths.push(at);
    this.#archived = null;
  }

  /**
   * What it had acknowledged and lost itself. Out: it was killed right after, or the message went to a peer who was signing in
   * (they read no archive). In: it never went down our line, and where there is an archive the server was killed right after
   * and the archive, asked by another session, has it not.
   */
  lost(entry: Entry): boolean {
    if (entry.direction === 'out') return this.mixed(entry) || this.#forgot(entry);
    if (entry.acked === null || this.world.wire.carried(nameOf(entry))) return false;
    if (!CAPABILITIES[this.world.server.kind].mam) return true;
    return this.#forgot(entry) && this.#archived !== null && !this.#archived.includes(` ${nameOf(entry)} `);
  }

  /** It went to a peer whose server had been killed, and who was not there again yet: a client that reads no archive. */
  mixed({ acked, at, peer }: Entry): boolean {
    return this.#deaths.some((death) => {
      const back = this.world.peers[peer]?.backAfter(death) ?? Infinity;
      // From when it was written until it was known to be at the server, which an archive may have told afterwards (R3).
      return at < back + COMING_MS && (acked ?? Infinity) > death - FORGETS_MS[this.world.server.kind];
    });
  }

  /** Asks the server, as another session of the account, what it has of what is missing. */
  async ask(missing: readonly Entry[]): Promise<void> {
    const { server, ours } = this.world;
    if (!CAPABILITIES[server.kind].mam || !missing.some((entry) => entry.direction === 'in')) return;
    const since = Math.min(...missing.map(({ at }) => at)) - ROUND_MS;
    this.#archived = (await archiveOf(server, ours, since)).map((line) => `${line} `).join('\n');
  }

  /** As another session of the account: no message waits at the server (XEP-0013 §2.3). */
  async nothingWaits(): Promise<boolean> {
    const { server, ours } = this.world;
    if (CAPABILITIES[server.kind].mam) return true;
    const other = await connectPeer(server, ours, { client: 'stanza', silent: true });
    try {
      await other.sendRaw(
        '<iq xmlns="jabber:client" type="get" id="waiting"><query xmlns="http://jabber.org/protocol/disco#items" node="http://jabber.org/protocol/offline"/></iq>',
      );
      return !(await other.waitForRaw((xml) => xml.includes('id="waiting"'))).includes('<item ');
    } finally {
      await other.disconnect();
    }
  }

  #forgot({ acked }: Entry): boolean {
    const { kind } = this.world.server;
    return acked !== null && this.#deaths.some((at) => acked > at - FORGETS_MS[kind] && acked < at + 150);
  }
}
