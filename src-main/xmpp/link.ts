/** What the session layer sees of the protocol: one try to get a session, and the session. Implemented in stream/. */
import type { Element } from '@xmpp/xml';
import type { Mechanism } from '../../src-shared/model/account';
import type { CertificateQuestion, Failure, Step, StepId } from '../../src-shared/model/connection';
import type { Secret } from '../ports';

export interface LinkRequest {
  /** Bare JID. */
  readonly jid: string;
  readonly password: Secret;
  /**
   * ws:// or wss:// as typed, in the order in which they are tried (the next one when one does not answer); none: discover
   * (XEP-0156 over https, then the usual wss endpoints).
   */
  readonly endpoints: readonly string[];
  /** The whole resource, random suffix included (R18). */
  readonly resource: string;
  /** The user lets PLAIN go over ws://, or after SCRAM has worked (T27). */
  readonly allowPlain: boolean;
  /** SCRAM has worked for this account before (T27). */
  readonly scramSeen: boolean;
  /** The one that the user chose; null: the strongest that is offered. */
  readonly mechanism: Mechanism | null;
  /** Certificates trusted by the user, host:port → SHA-256 fingerprint (T29). */
  readonly pins: ReadonlyMap<string, string>;
  /** Stable for the account on this computer (XEP-0388 §2.3: a UUID); FAST tokens belong to it. */
  readonly userAgent: string;
  /** FAST (XEP-0484): tried first where the server offers its mechanism; null: the password. */
  readonly token: FastToken | null;
  /** A token is asked for where the server gives any: the user wants the password remembered. */
  readonly wantsToken: boolean;
  /** Whether a session may be asked for that can be resumed: `unknown-server` asks for the server's software first (R26). */
  readonly resumable: 'yes' | 'no' | 'unknown-server';
  /** The session to go on with (XEP-0198 §5), before a new one is bound. */
  readonly resume: Resumption | null;
}

/** XEP-0484 §3. The secret lives in the keyring, the rest beside it. */
export interface FastToken {
  readonly mechanism: string;
  readonly secret: Secret;
  /** ISO 8601; null when the server names no end. */
  readonly expiry: string | null;
  /** XEP-0484 §3.4: how often it was used; a server refuses a count that it has seen. */
  readonly count: number;
}

/** All that it takes to go on with a session on another stream, in this run of the app or in the next. */
export interface Resumption {
  /** The server's name for it: `<enabled id/>`. */
  readonly id: string;
  /** XEP-0198 version. */
  readonly version: string;
  /** Full JID that is bound. */
  readonly jid: string;
  /** Inbound stanzas handled and committed, modulo 2^32. */
  readonly handled: number;
  /** Seconds that the server keeps it after the line is lost; null when it does not say. */
  readonly max: number | null;
  /** `<enabled location/>`: tried before the endpoints. Null: none, or one that is refused (no TLS where there was, T26). */
  readonly location: string | null;
  readonly mechanism: string;
}

export interface LinkHooks {
  /** A new token, or null: the one that was given is no good any more. To be kept before it is needed. */
  onToken(token: FastToken | null): void;
  /** Called at each change of a step. */
  onStep(step: Step): void;
  /** Each frame that crosses, secrets already replaced. */
  onXml(direction: 'in' | 'out', step: StepId | null, xml: string): void;
}

/** RFC 6120 §8.3: condition and the server's own text. `timeout`, `lost` and `too-large` are ours. */
export interface StanzaError {
  readonly condition: string;
  readonly type: string | null;
  readonly text: string | null;
}
export type IqOutcome =
  { readonly ok: true; readonly iq: Element } | { readonly ok: false; readonly error: StanzaError };

/** An authenticated and bound stream. */
export interface Link {
  /** Full JID given by the server. */
  readonly jid: string;
  readonly endpoint: string;
  /** SASL mechanism that worked. */
  readonly mechanism: string;
  /** Children of the last <stream:features/>. */
  readonly features: Element;
  /**
   * Set when this stream goes on with an earlier session (XEP-0198 §5): roster, presence and what was asked of the server
   * are as they were, and `handled` of our numbered stanzas (see `sendNumbered`) had arrived. The server has acknowledged
   * anew since it resumed (R26).
   */
  readonly resumed: { readonly id: string; readonly handled: number } | null;
  /**
   * Set when the session of `request.resume` is no more and a new one was bound. `handled`: the server still knew how many of
   * its stanzas had arrived (XEP-0198 §5); null: it did not say, or said so and then answered nothing (`silent`, R26).
   */
  readonly refused: { readonly id: string; readonly handled: number | null; readonly silent: boolean } | null;
  /** What the bind did already (XEP-0386): no IQ is needed for it. */
  readonly inline: { readonly carbons: boolean };
  /** XEP-0092 answer of the server when it was asked on the way (`unknown-server`). */
  readonly software: string | null;
  /** What it takes to resume this session, as of now; null where it cannot be. Stays readable after the end. */
  resumption(): Resumption | null;
  /**
   * Writes a stanza at once. `onConfirmed` runs once the server is known to have taken it: by XEP-0198 `<a/>`, or
   * without stream management by the answer to a ping that followed it. It never runs when the line is lost before.
   */
  send(stanza: Element, onConfirmed?: () => void): void;
  /**
   * Persist, then act: `commit` is told the number that the stanza will have in this session (XEP-0198 counts every stanza;
   * null without resumption) and the name of the session; when it resolves to true the stanza is written with exactly that
   * number, else not at all. No other stanza is written in between. Rejects with what `commit` rejects with. Where the line
   * ends before its turn, `commit` is not called.
   */
  sendNumbered(
    stanza: Element,
    commit: (place: { readonly session: string; readonly number: number } | null) => Promise<boolean>,
    onConfirmed?: () => void,
  ): Promise<void>;
  /** XEP-0352, where the server offers it: whether somebody looks. */
  setActive(active: boolean): void;
  /** Sends an IQ (id and type set here) and awaits its answer from `to` (T6). Never throws. */
  iq(
    type: 'get' | 'set',
    child: Element,
    options?: { readonly to?: string; readonly timeoutMs?: number },
  ): Promise<IqOutcome>;
  /** A line of the XML console: sent as typed, after it parsed as one stanza. */
  sendRaw(stanza: Element): void;
  /**
   * Messages, presences and IQ requests, in order. Messages that follow each other are handed over without waiting (at most 50
   * at a time), so that the store can commit them together; anything else waits for those before it. What an archive query
   * finds waits for nothing: it is handed over as it comes, before the query's answer resolves. A stanza counts as handled
   * (XEP-0198 `h`) only once its promise, and those of all before it, are fulfilled (persist, then act). A handler that
   * rejects could not keep its stanza: the link ends as `not-kept`, and the server delivers again what was not counted (R12).
   * Answering IQ requests is the handler's: pings (Openfire counts no WebSocket pong as activity), and `service-unavailable`
   * to what it does not know.
   */
  onStanza(handler: (stanza: Element) => Promise<void> | void): void;
  /**
   * `run` keeps `resumption()` for the next run of the app. It is waited for, a moment, before the server is told a count: a
   * server may refuse to go on from a lower one than it was told.
   */
  beforeCount(run: () => Promise<void>): void;
  /** The line ended and nobody here asked for it. */
  onEnd(handler: (failure: Failure) => void): void;
  /** Asks the server for a sign of life (after the computer slept, say); without one in time the link ends as `timeout`. */
  probe(): void;
  /** `<close/>`, then the socket (RFC 7395 §3.6). Resolves when closed, or after a second. */
  close(): Promise<void>;
}

export type LinkOutcome =
  | { readonly ok: true; readonly link: Link }
  | { readonly ok: false; readonly failure: Failure; readonly certificate: CertificateQuestion | null };
