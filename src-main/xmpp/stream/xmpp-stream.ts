/** A stream over an open socket: elements to be taken one by one while it is negotiated, told as they come afterwards. */
import type { WebSocket } from 'ws';
import type { Failure, Step, StepId } from '../../../src-shared/model/connection';
import type { Timer } from '../../ports';
import { deadlines, type LinkDeps } from './deps';
import { Engine } from './engine';
import { ns } from './namespaces';
import { failedWith, type Failed } from './outcome';
import { socketFailure } from './socket-errors';
import { StepTracker } from './steps';
import { streamError, streamFailure } from './stream-error';
import { MalformedFrame } from './strict-parser';
import type { Element } from './xml';

export interface StreamHooks {
  onStep(step: Step): void;
  onXml(direction: 'in' | 'out', step: StepId | null, xml: string): void;
}
type Taken = { readonly ok: true; readonly element: Element } | Failed;

export class XmppStream {
  readonly steps: StepTracker;
  readonly #engine: Engine;
  readonly #deps: LinkDeps;
  readonly #taken: Element[] = [];
  #taker: ((taken: Taken) => void) | null = null;
  #ended: Failure | null = null;
  #onElement: ((element: Element) => void) | null = null;
  #onEnd: ((failure: Failure) => void) | null = null;
  #closing: (() => void) | null = null;
  #cutter: Timer | null = null;
  /** An earlier session is to live on: when time runs out, no `<close/>` ends it (XEP-0198 §5). */
  sparesSession = false;

  constructor(socket: WebSocket, domain: string, deps: LinkDeps, hooks: StreamHooks) {
    this.#deps = deps;
    this.steps = new StepTracker(
      deps.clock,
      (step) => hooks.onStep(step),
      deadlines(deps).step,
      (step) => this.fail({ code: 'timeout', step, params: {} }),
    );
    this.#engine = new Engine(socket, domain, deps.clock, {
      onOpen: (element) => this.#opened(element),
      onElement: (element) => this.#received(element),
      onClosed: (error) => this.#closed(error),
      onXml: (direction, text) => hooks.onXml(direction, this.#onElement ? null : this.#stepOf(text), text),
    });
  }

  /** Sends `<open/>`; the server's is what `take` gives next. */
  async open(from: string | null): Promise<void> {
    await this.#engine.begin(from);
  }

  /** The server has proved who it is: its answers may be long now. */
  signedIn(): void {
    this.#engine.signedIn();
  }

  /** Nothing follows our `<close/>` (RFC 7395 §3.6), not even an answer to the server's `<r/>`. */
  send(element: Element): void {
    if (!this.#ended && !this.#closing) this.#engine.transmit(element);
  }

  /** The next element, or why none comes. */
  take(): Promise<Taken> {
    const next = this.#taken.shift();
    if (next) return Promise.resolve({ ok: true, element: next });
    if (this.#ended) return Promise.resolve(failedWith(this.#ended));
    return new Promise((resolve) => (this.#taker = resolve));
  }

  /** From now on elements and the end are told; what has come already is told at once. */
  live(onElement: (element: Element) => void, onEnd: (failure: Failure) => void): void {
    this.steps.stop();
    this.#onElement = onElement;
    this.#onEnd = onEnd;
    for (const element of this.#taken.splice(0)) onElement(element);
    if (this.#ended) onEnd(this.#ended);
  }

  /** Ends the stream from our side: `<close/>`, after a stream error where the server is to be told why. */
  fail(failure: Failure, error: Element | null = null): Failed {
    if (this.#ended) return failedWith(this.#ended);
    if (this.sparesSession && ['timeout', 'closed'].includes(failure.code)) return this.drop(failure);
    this.#engine.finish(error);
    this.#end(failure);
    this.#cutSoon();
    return failedWith(failure);
  }

  /** Cuts the line without a word, so that the session can be resumed (XEP-0198 §5). */
  drop(failure: Failure): Failed {
    if (this.#ended) return failedWith(this.#ended);
    this.#end(failure);
    this.#engine.cut();
    return failedWith(failure);
  }

  /** Resolves when the server has closed too, or at the deadline. Nobody is told of this end. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#onEnd = null;
      if (this.#ended) return resolve();
      this.#closing = resolve;
      this.#engine.finish();
      this.#cutSoon();
    });
  }

  #opened(element: Element): void {
    // A second <open/> in a running session is none of RFC 7395.
    if (this.#onElement) this.fail({ code: 'malformed', step: 'ready', params: { reason: 'open' } });
    else this.#received(element);
  }

  #received(element: Element): void {
    if (this.#ended) return;
    if (element.is('error', ns.stream)) {
      this.fail(streamFailure(element, this.#step(), this.#onElement !== null));
    } else if (this.#onElement) this.#onElement(element);
    else if (this.#taker) this.#give({ ok: true, element });
    else this.#taken.push(element);
  }

  #closed(error: Error | null): void {
    if (error instanceof MalformedFrame) {
      const condition =
        error.reason === 'too-large'
          ? 'policy-violation'
          : error.reason === 'wrong-namespace'
            ? 'invalid-namespace'
            : error.reason;
      const code = error.reason === 'too-large' ? 'too-large' : 'malformed';
      this.fail({ code, step: this.#step(), params: { reason: error.reason } }, streamError(condition));
      return;
    }
    this.#engine.finish();
    this.#end(
      error ? socketFailure(error, this.#step()) : { code: 'closed', step: this.#step(), params: {} },
    );
    this.#cutSoon();
  }

  #end(failure: Failure): void {
    this.#closing?.();
    this.#closing = null;
    if (this.#ended) return;
    this.#ended = failure;
    this.steps.stop();
    if (!this.#onElement) this.steps.fail(failure.step);
    this.#give(failedWith(failure));
    this.#onEnd?.(failure);
  }

  #give(taken: Taken): void {
    const taker = this.#taker;
    this.#taker = null;
    taker?.(taken);
  }

  /** `<open/>` and the features come in one segment: both are seen before the first of them is taken. */
  #stepOf(text: string): StepId {
    const { current } = this.steps;
    return current === 'open' && /^<(\w+:)?features[\s/>]/.test(text) ? 'features' : current;
  }

  #step(): StepId {
    return this.#onElement ? 'ready' : this.steps.current;
  }

  #cutSoon(): void {
    this.#cutter ??= this.#deps.clock.after(deadlines(this.#deps).close, () => {
      this.#engine.cut();
      this.#closing?.();
    });
  }
}
