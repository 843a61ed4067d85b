/** What the session layer sees of the protocol: one try to get a session, and the session. Implemented in stream/. */
import type { Element } from '@xmpp/xml';
import type { CertificateQuestion, Failure, Step, StepId } from '../../src-shared/model/connection';
import type { Secret } from '../ports';

export interface LinkRequest {
  /** Bare JID. */
  readonly jid: string;
  readonly password: Secret;
  /** ws:// or wss:// as typed, or null: discover (XEP-0156 over https, then the usual wss endpoints). */
  readonly endpoint: string | null;
  /** The whole resource, random suffix included (R18). */
  readonly resource: string;
  /** The user lets PLAIN go over ws://, or after SCRAM has worked (T27). */
  readonly allowPlain: boolean;
  /** SCRAM has worked for this account before (T27). */
  readonly scramSeen: boolean;
  /** Certificates trusted by the user, host:port → SHA-256 fingerprint (T29). */
  readonly pins: ReadonlyMap<string, string>;
}

export interface LinkHooks {
  /** Called at each change of a step. */
  onStep(step: Step): void;
  /** Each frame that crosses, secrets already replaced. */
  onXml(direction: 'in' | 'out', step: StepId | null, xml: string): void;
}

/** RFC 6120 §8.3: condition and the server's own text. `timeout` and `lost` are ours. */
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
   * Writes a stanza at once. `onConfirmed` runs once the server is known to have taken it: by XEP-0198 `<a/>`, or
   * without stream management by the answer to a ping that followed it. It never runs when the line is lost before.
   */
  send(stanza: Element, onConfirmed?: () => void): void;
  /** Sends an IQ (id and type set here) and awaits its answer from `to` (T6). Never throws. */
  iq(
    type: 'get' | 'set',
    child: Element,
    options?: { readonly to?: string; readonly timeoutMs?: number },
  ): Promise<IqOutcome>;
  /** A line of the XML console: sent as typed, after it parsed as one stanza. */
  sendRaw(stanza: Element): void;
  /**
   * Messages, presences and IQ requests, in order. The next one waits for the promise of the one before; a stanza counts as
   * handled (XEP-0198 `h`) only once its promise is fulfilled (persist, then act). A handler that rejects could not keep
   * its stanza: the link ends as `not-kept`, and the server delivers again what was not counted (R12). Answering IQ requests is
   * the handler's: pings (Openfire counts no WebSocket pong as activity), and `service-unavailable` to what it does not know.
   */
  onStanza(handler: (stanza: Element) => Promise<void> | void): void;
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
