import type { Failure } from '../../../src-shared/model/connection';
import type { Timer } from '../../ports';
import type { IqOutcome, Link } from '../link';
import {
  PingAcknowledgements,
  StreamManagement,
  type AckOptions,
  type Acknowledgements,
} from './acknowledgements';
import { deadlines, type LinkDeps } from './deps';
import { Heartbeat } from './heartbeat';
import { InboundQueue } from './inbound-queue';
import type { IqCaller } from './iq-caller';
import { ns } from './namespaces';
import { streamError } from './stream-error';
import { xml, type Element } from './xml';
import type { XmppStream } from './xmpp-stream';

export interface Session {
  readonly stream: XmppStream;
  readonly iqs: IqCaller;
  readonly jid: string;
  readonly domain: string;
  readonly endpoint: string;
  readonly mechanism: string;
  readonly features: Element;
  /** The XEP-0198 version that is enabled, or null. */
  readonly streamManagement: string | null;
}

/** A bound session as the session layer uses it (link.ts). */
export class LiveLink implements Link {
  readonly jid: string;
  readonly endpoint: string;
  readonly mechanism: string;
  readonly features: Element;
  readonly #stream: XmppStream;
  readonly #iqs: IqCaller;
  readonly #acks: Acknowledgements;
  readonly #inbound: InboundQueue;
  readonly #heartbeat: Heartbeat;
  readonly #onEnd: ((failure: Failure) => void)[] = [];
  #ended: Failure | null = null;
  #closed = false;

  constructor(session: Session, deps: LinkDeps) {
    this.jid = session.jid;
    this.endpoint = session.endpoint;
    this.mechanism = session.mechanism;
    this.features = session.features;
    this.#stream = session.stream;
    this.#iqs = session.iqs;
    this.#inbound = new InboundQueue((error) => {
      deps.log.error('stanza.not-kept', { error: error instanceof Error ? error.name : 'unknown' });
      this.#notKept();
    });
    this.#acks = this.#acknowledgements(session, deps);
    session.iqs.via((stanza) => this.send(stanza));
    this.#heartbeat = new Heartbeat(
      deps.clock,
      deadlines(deps),
      () => this.#acks.probe(),
      () => this.#fail({ code: 'timeout', step: 'ready', params: {} }),
    );
    this.#stream.live(
      (element) => this.#received(element),
      (failure) => this.#end(failure),
    );
  }

  send(stanza: Element, onConfirmed?: () => void): void {
    this.#stream.send(stanza);
    if (isStanza(stanza)) this.#acks.sent(onConfirmed);
  }

  sendRaw(stanza: Element): void {
    this.send(stanza);
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

  onEnd(handler: (failure: Failure) => void): void {
    if (this.#ended) handler(this.#ended);
    else this.#onEnd.push(handler);
  }

  probe(): void {
    if (!this.#ended && !this.#closed) this.#heartbeat.probe();
  }

  async close(): Promise<void> {
    if (this.#closed || this.#ended) return;
    this.#closed = true;
    this.#heartbeat.stop();
    this.#acks.finish();
    await this.#stream.close();
    this.#iqs.lose();
  }

  #acknowledgements(session: Session, deps: LinkDeps): Acknowledgements {
    const options: AckOptions = {
      clock: deps.clock,
      send: (element) => this.#stream.send(element),
      onAnswer: () => this.#heartbeat.answered(),
      onTooHigh: (claimed, sent) => this.#tooHigh(session.streamManagement ?? '', claimed, sent),
      handled: () => this.#inbound.handled,
      settled: () => this.#settled(deps),
    };
    if (session.streamManagement) return new StreamManagement(session.streamManagement, options);
    const to = session.domain;
    return new PingAcknowledgements(options, (child) => this.iq('get', child, { to }));
  }

  /** The server is told a count that is fresh; but a handler that hangs does not keep it from its answer. */
  async #settled({ clock }: LinkDeps): Promise<void> {
    let timer: Timer | null = null;
    const late = new Promise<void>((resolve) => (timer = clock.after(500, resolve)));
    await Promise.race([this.#inbound.idle(), late]).finally(() => timer?.cancel());
  }

  #received(element: Element): void {
    this.#heartbeat.heard();
    if (this.#acks.take(element) || !isStanza(element)) return;
    if (this.#iqs.take(element) !== 'none') this.#inbound.pushHandled();
    else this.#inbound.push(element);
  }

  /**
   * A stream that goes on would never count that stanza, and a server without XEP-0198 takes for delivered what it writes:
   * so it ends here, and what comes meanwhile waits at the server. The count says first what was kept.
   */
  #notKept(): void {
    if (!this.#closed) this.#acks.finish();
    this.#fail({ code: 'not-kept', step: 'ready', params: {} });
  }

  /** XEP-0198 §4, example 9. */
  #tooHigh(version: string, claimed: number, sent: number): void {
    const condition = 'handled-count-too-high';
    const detail = xml(condition, { xmlns: version, h: String(claimed), 'send-count': String(sent) });
    this.#fail(
      { code: 'stream-error', step: 'ready', params: { condition } },
      streamError('undefined-condition', detail),
    );
  }

  #fail(failure: Failure, error: Element | null = null): void {
    this.#stream.fail(failure, error);
  }

  #end(failure: Failure): void {
    this.#heartbeat.stop();
    this.#ended = failure;
    this.#iqs.lose();
    for (const handler of this.#onEnd) handler(failure);
  }
}

const isStanza = (element: Element): boolean =>
  element.getNS() === ns.client && ['iq', 'message', 'presence'].includes(element.getName());
