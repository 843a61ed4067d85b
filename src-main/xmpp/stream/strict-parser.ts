import { EventEmitter } from '@xmpp/events';
import type { Clock } from '../../ports';
import { limitsOf } from './limits';
import { ns } from './namespaces';
import type { ParsedElement } from './parsed-element';
import { FrameReader, type MalformedReason, type Parsed } from './strict-xml';

/** Why the stream is closed: what the server sent is not XMPP. */
export class MalformedFrame extends Error {
  constructor(readonly reason: MalformedReason) {
    super(reason);
  }
}

/** Characters that are read in one go: a few milliseconds of work, with what is done about what they say. */
const slice = 16 * 1024;

/**
 * Takes the place of @xmpp/websocket's FramedParser, with its events: `start` (`<open/>`), `end` (`<close/>`), `element`,
 * `error`. Never throws; after an error it is deaf. A large frame is read in slices, and so are many small ones that the
 * socket has at once, so that none blocks the process for long (T15, R21); the frames behind wait in their order. Once we are
 * signed in, of a stanza beyond the limits is told what is within them: anybody may send it, and the server would only send it
 * again on each new stream (T15).
 */
export class StrictParser extends EventEmitter {
  #deaf = false;
  readonly #waiting: string[] = [];
  /** Characters that were read since this process last did something else. */
  #readNow = 0;

  /** @param signedIn whether answers may be as long as they are once we are signed in */
  constructor(
    private readonly clock: Pick<Clock, 'after'>,
    private readonly signedIn: () => boolean = () => false,
  ) {
    super();
  }

  write(frame: string): void {
    if (this.#deaf) return;
    if (this.#waiting.length === 0 && this.#fits(frame)) {
      this.#tell(frame, this.#begin(frame).read(frame.length) ?? unfinished);
    } else if (this.#waiting.push(frame) === 1) this.#readSoon(null);
  }

  /** Nothing is told any more. */
  stop(): void {
    this.#deaf = true;
  }

  /** The socket tells all frames of a chunk in one go, before anything that was promised happens. */
  #fits(frame: string): boolean {
    if (this.#readNow === 0) queueMicrotask(() => (this.#readNow = 0));
    this.#readNow += frame.length;
    return this.#readNow <= slice;
  }

  #readSoon(reader: FrameReader | null): void {
    this.clock.after(0, () => this.#readOn(reader));
  }

  /** One slice: of the frame that is being read, and then of as many behind it as still fit. */
  #readOn(begun: FrameReader | null): void {
    let reader = begun;
    let left = slice;
    for (
      let [frame] = this.#waiting;
      frame !== undefined && left > 0 && !this.#deaf;
      [frame] = this.#waiting
    ) {
      reader ??= this.#begin(frame);
      const parsed = reader.read(left);
      left -= frame.length;
      if (!parsed) break;
      this.#tell(frame, parsed);
      this.#waiting.shift();
      reader = null;
    }
    if (this.#waiting.length > 0 && !this.#deaf) this.#readSoon(reader);
  }

  /** Openfire leaves the namespace out before the sign-in (4.2: the answer to XEP-0077); on TCP it is the stream's default. */
  #begin(frame: string): FrameReader {
    const signedIn = this.signedIn();
    return new FrameReader(frame, ns.client, limitsOf(frame, signedIn), signedIn);
  }

  #tell(frame: string, parsed: Parsed): void {
    const reason = parsed.ok ? misplaced(parsed.element) : parsed.reason;
    if (!parsed.ok || reason) {
      this.#deaf = true;
      this.emit('error', new MalformedFrame(reason ?? 'not-well-formed'));
      return;
    }
    const { element } = parsed;
    // Half a question, or half an answer, is none.
    if (element.cut && element.name === 'iq') element.children = [];
    const event = element.getNS() !== ns.framing ? 'element' : element.name === 'open' ? 'start' : 'end';
    this.emit('frame', element, frame);
    this.emit(event, element);
  }
}

const unfinished: Parsed = { ok: false, reason: 'not-well-formed' };

const stanzas = new Set(['iq', 'message', 'presence']);

/** A top-level element in a namespace where it means nothing (RFC 6120 §4.8, RFC 7395 §3.3.2). */
const misplaced = (element: ParsedElement): MalformedReason | null => {
  const namespace = element.getNS();
  if (element.cut && !(namespace === ns.client && stanzas.has(element.name))) return 'too-large';
  const right =
    namespace === ns.framing
      ? element.name === 'open' || element.name === 'close'
      : namespace === ns.client
        ? stanzas.has(element.name)
        : namespace === ns.stream
          ? element.name === 'features' || element.name === 'error'
          : namespace !== '' && !stanzas.has(element.name);
  return right ? null : 'wrong-namespace';
};
