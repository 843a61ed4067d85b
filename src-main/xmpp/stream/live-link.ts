import type { Failure } from '../../../src-shared/model/connection';
import type { Timer } from '../../ports';
import type { IqOutcome, Link, Resumption } from '../link';
import {
  PingAcknowledgements,
  StreamManagement,
  wrapped,
  type AckOptions,
  type Acknowledgements,
} from './acknowledgements';
import { deadlines, type LinkDeps } from './deps';
import { Heartbeat } from './heartbeat';
import { InboundQueue } from './inbound-queue';
import type { IqCaller } from './iq-caller';
import { ns } from './namespaces';
import { Outgoing, type Place } from './outgoing';
import { streamError } from './stream-error';
import { xml, type Element } from './xml';
import type { XmppStream } from './xmpp-stream';

/** XEP-0198 as it was enabled, or resumed. */
export interface Managed {
  readonly version: string;
  /** Null: without resumption. */
  readonly resume: Pick<Resumption, 'id' | 'max' | 'location'> | null;
  /** Where the counts of ours and of the server's stanzas begin. */
  readonly sent: number;
  readonly handled: number;
}

export interface Session extends Pick<Link, 'resumed' | 'refused' | 'inline' | 'software'> {
  readonly stream: XmppStream;
  readonly iqs: IqCaller;
  readonly jid: string;
  readonly domain: string;
  readonly endpoint: string;
  readonly mechanism: string;
  readonly features: Element;
  readonly managed: Managed | null;
  /** What the server sent of this session while it was still being negotiated. */
  readonly early: readonly Element[];
}

/** A bound session as the session layer uses it (link.ts). */
export class LiveLink implements Link {
  readonly jid: string;
  readonly endpoint: string;
  readonly mechanism: string;
  readonly features: Element;
  readonly resumed: Link['resumed'];
  readonly refused: Link['refused'];
  readonly inline: Link['inline'];
  readonly software: string | null;
  readonly #stream: XmppStream;
  readonly #iqs: IqCaller;
  readonly #managed: Managed | null;
  readonly #acks: Acknowledgements;
  readonly #inbound: InboundQueue;
  readonly #outgoing: Outgoing;
  readonly #heartbeat: Heartbeat;
  readonly #onEnd: ((failure: Failure) => void)[] = [];
  #beforeCount: (() => Promise<void>) | null = null;
  #active: boolean | null;
  #ended: Failure | null = null;
  #closed = false;
  /** We ended the session itself, not only this stream. */
  #over = false;

  constructor(session: Session, deps: LinkDeps) {
    this.jid = session.jid;
    this.endpoint = session.endpoint;
    this.mechanism = session.mechanism;
    this.features = session.features;
    this.resumed = session.resumed;
    this.refused = session.refused;
    this.inline = session.inline;
    this.software = session.software;
    // What a resumed session was told last is not known here.
    this.#active = session.resumed ? null : true;
    this.#stream = session.stream;
    this.#iqs = session.iqs;
    this.#managed = session.managed;
    this.#inbound = new InboundQueue((error) => {
      deps.log.error('stanza.not-kept', { error: error instanceof Error ? error.name : 'unknown' });
      this.#notKept();
    });
    const { acks, place } = this.#acknowledgements(session, deps);
    this.#acks = acks;
    this.#outgoing = new Outgoing((stanza, onConfirmed) => {
      this.#stream.send(stanza);
      this.#acks.sent(onConfirmed);
    }, place);
    session.iqs.via((stanza) => this.send(stanza));
    this.#heartbeat = new Heartbeat(
      deps.clock,
      deadlines(deps),
      () => this.#acks.probe(),
      () => this.#give({ code: 'timeout', step: 'ready', params: {} }),
    );
    for (const element of session.early) this.#received(element);
    this.#stream.live(
      (element) => this.#received(element),
      (failure) => this.#end(failure),
    );
  }

  resumption(): Resumption | null {
    const managed = this.#managed;
    if (!managed?.resume || this.#over) return null;
    const { version } = managed;
    return {
      ...managed.resume,
      version,
      jid: this.jid,
      handled: this.#handled(),
      mechanism: this.mechanism,
    };
  }

  send(stanza: Element, onConfirmed?: () => void): void {
    stanza.attrs['xmlns'] ??= ns.client;
    if (isStanza(stanza)) this.#outgoing.send(stanza, onConfirmed);
    else this.#stream.send(stanza);
  }

  sendNumbered(
    stanza: Element,
    commit: (place: Place | null) => Promise<boolean>,
    onConfirmed?: () => void,
  ): Promise<void> {
    return this.#outgoing.sendNumbered(stanza, commit, onConfirmed);
  }

  sendRaw(stanza: Element): void {
    this.send(stanza);
  }

  setActive(active: boolean): void {
    if (this.#active === active || !this.features.getChild('csi', ns.csi)) return;
    this.#active = active;
    this.#stream.send(xml(active ? 'active' : 'inactive', { xmlns: ns.csi }));
  }

  iq(
    type: 'get' | 'set',
    child: Element,
    options: { readonly to?: string; readonly timeoutMs?: number } = {},
  ): Promise<IqOutcome> {
    return this.#iqs.request(type, child, options);
  }

  onStanza(handler: (stanza: Element) => Promise<void> | void): void {
    this.#inbound.handler = handler;
  }

  beforeCount(run: () => Promise<void>): void {
    this.#beforeCount = run;
  }

  onEnd(handler: (failure: Failure) => void): void {
    if (this.#ended) handler(this.#ended);
    else this.#onEnd.push(handler);
  }

  probe(): void {
    if (!this.#ended && !this.#closed) this.#heartbeat.probe();
  }

  async close(): Promise<void> {
    this.#over = true;
    if (this.#closed || this.#ended) return;
    this.#closed = true;
    this.#heartbeat.stop();
    this.#acks.finish();
    await this.#stream.close();
    this.#outgoing.end();
    this.#iqs.lose();
  }

  #handled(): number {
    return wrapped((this.#managed?.handled ?? 0) + this.#inbound.handled);
  }

  #acknowledgements(
    { managed, domain }: Session,
    deps: LinkDeps,
  ): { readonly acks: Acknowledgements; readonly place: () => Place | null } {
    const options: AckOptions = {
      clock: deps.clock,
      send: (element) => this.#stream.send(element),
      onAsked: () => this.#heartbeat.asked(),
      onAnswer: () => this.#heartbeat.answered(),
      onTooHigh: (claimed, sent) => this.#tooHigh(managed?.version ?? '', claimed, sent),
      handled: () => this.#handled(),
      settled: () => this.#settled(deps),
    };
    if (managed) {
      const acks = new StreamManagement(managed.version, options, managed.sent);
      const session = managed.resume?.id;
      const place = (): Place | null =>
        session === undefined ? null : { session, number: wrapped(acks.written + 1) };
      return { acks, place };
    }
    const acks = new PingAcknowledgements(options, (child) => this.iq('get', child, { to: domain }));
    return { acks, place: () => null };
  }

  /** The server is told a count that is fresh, and kept; but a handler or a disk that hangs does not keep it from its answer. */
  async #settled({ clock }: LinkDeps): Promise<number> {
    const within = async (ms: number, work: Promise<void>): Promise<void> => {
      let timer: Timer | null = null;
      const late = new Promise<void>((resolve) => (timer = clock.after(ms, resolve)));
      await Promise.race([work, late]).finally(() => timer?.cancel());
    };
    await within(500, this.#inbound.idle());
    const count = this.#handled();
    if (this.#beforeCount && this.resumption()) await within(2_000, this.#beforeCount());
    return count;
  }

  #received(element: Element): void {
    this.#heartbeat.heard();
    if (this.#acks.take(element) || !isStanza(element)) return;
    if (this.#iqs.take(element) !== 'none') this.#inbound.pushHandled();
    else this.#inbound.push(element);
  }

  /**
   * A stream that goes on would never count that stanza, and a server without XEP-0198 takes for delivered what it writes:
   * so it ends here, and what comes meanwhile waits at the server. The count says first what was kept; where the session
   * can be resumed, the resumption says it.
   */
  #notKept(): void {
    if (!this.#closed && !this.resumption()) this.#acks.finish();
    this.#give({ code: 'not-kept', step: 'ready', params: {} });
  }

  /** XEP-0198 §4, example 9. */
  #tooHigh(version: string, claimed: string, sent: number): void {
    const condition = 'handled-count-too-high';
    const detail = xml(condition, { xmlns: version, h: claimed, 'send-count': String(sent) });
    this.#over = true;
    this.#stream.fail(
      { code: 'stream-error', step: 'ready', params: { condition } },
      streamError('undefined-condition', detail),
    );
  }

  /** Gives up the line. A `<close/>` would end the session with it (XEP-0198 §5): only where it cannot be resumed. */
  #give(failure: Failure): void {
    if (this.resumption()) this.#stream.drop(failure);
    else this.#stream.fail(failure);
  }

  #end(failure: Failure): void {
    this.#heartbeat.stop();
    this.#acks.stop();
    this.#ended = failure;
    this.#outgoing.end();
    this.#iqs.lose();
    for (const handler of this.#onEnd) handler(failure);
  }
}

const isStanza = (element: Element): boolean =>
  element.getNS() === ns.client && ['iq', 'message', 'presence'].includes(element.getName());
