/** Jingle, XEP-0166: how two clients agree on a session, whatever it is about. */
import { attr, child, xml, type Element } from '../element';
import { iqError } from './6120-stanza-error';

export const JINGLE = 'urn:xmpp:jingle:1';
const ERRORS = 'urn:xmpp:jingle:errors:1';

/** §7.2. */
const actions = [
  ...(['session-initiate', 'session-accept', 'session-info', 'session-terminate'] as const),
  ...(['content-add', 'content-accept', 'content-modify', 'content-reject', 'content-remove'] as const),
  ...(['transport-replace', 'transport-accept', 'transport-reject', 'transport-info'] as const),
  ...(['description-info', 'security-info'] as const),
] as const;
export type JingleAction = (typeof actions)[number];

/** §7.4: why a session ends. */
const reasons = [
  ...(['alternative-session', 'busy', 'cancel', 'connectivity-error', 'decline', 'expired'] as const),
  ...([
    'failed-application',
    'failed-transport',
    'general-error',
    'gone',
    'incompatible-parameters',
  ] as const),
  ...(['media-error', 'security-error', 'success', 'timeout'] as const),
  ...(['unsupported-applications', 'unsupported-transports'] as const),
] as const;
export type JingleReason = (typeof reasons)[number];

/** §7.3. */
export interface JingleContent {
  readonly creator: 'initiator' | 'responder';
  readonly name: string;
  /** As it is written; null: it is not said. */
  readonly senders: string | null;
  /** Of whichever application. */
  readonly description: Element | null;
  /** Of whichever transport. */
  readonly transport: Element | null;
}

export interface JingleRequest {
  readonly action: JingleAction;
  /** Names the session among those of the two clients. */
  readonly sid: string;
  readonly contents: readonly JingleContent[];
  readonly reason: JingleReason | null;
  /** What the application adds to the reason. */
  readonly detail: Element | null;
  /** What a session-info is about. */
  readonly info: Element | null;
}

/** `around`: whom the session is between, where the action says it (§7.1). */
export const jingle = (
  action: JingleAction,
  sid: string,
  around: { readonly initiator?: string; readonly responder?: string },
  ...inside: readonly Element[]
): Element => xml('jingle', { xmlns: JINGLE, action, ...around, sid }, ...inside);

export const jingleContent = (
  { creator, name, senders }: Pick<JingleContent, 'creator' | 'name' | 'senders'>,
  ...inside: readonly Element[]
): Element => xml('content', { creator, name, senders }, ...inside);

export const jingleReason = (reason: JingleReason, detail: Element | null = null): Element =>
  xml('reason', {}, xml(reason, {}), detail);

const MAX_SID = 200;
const MAX_NAME = 200;
/** Nobody has as many of them. */
const MOST_CONTENTS = 10;

const part = (content: Element, name: string): Element | null =>
  content.getChildElements().find((one) => one.getName() === name) ?? null;
const parseContent = (content: Element): JingleContent => ({
  creator: attr(content, 'creator') === 'responder' ? 'responder' : 'initiator',
  name: (attr(content, 'name') ?? '').slice(0, MAX_NAME),
  senders: attr(content, 'senders') ?? null,
  description: part(content, 'description'),
  transport: part(content, 'transport'),
});

/** What an IQ wants of a session; `bad`: nothing that Jingle knows. Null: it is no Jingle. */
export const parseJingle = (iq: Element): JingleRequest | 'bad' | null => {
  const found = attr(iq, 'type') === 'set' ? child(iq, 'jingle', JINGLE) : undefined;
  if (!found) return null;
  const action = actions.find((one) => one === attr(found, 'action'));
  const sid = attr(found, 'sid') ?? '';
  if (!action || sid === '' || sid.length > MAX_SID) return 'bad';
  const inside = found.getChildElements();
  const why = child(found, 'reason', JINGLE)?.getChildElements() ?? [];
  const said = why.find((one) => one.getNS() === JINGLE && one.getName() !== 'text');
  return {
    action,
    sid,
    contents: inside
      .filter((one) => one.is('content', JINGLE))
      .slice(0, MOST_CONTENTS)
      .map(parseContent),
    // One that nobody knows is one all the same.
    reason: said ? (reasons.find((one) => one === said.getName()) ?? 'general-error') : null,
    detail: why.find((one) => one.getNS() !== JINGLE) ?? null,
    info: inside.find((one) => one.getNS() !== JINGLE) ?? null,
  };
};

/** Its own conditions, and the one of XMPP around each (RFC 6120 §8.3). */
const errors = {
  'out-of-order': ['unexpected-request', 'wait'],
  'tie-break': ['conflict', 'cancel'],
  'unknown-session': ['item-not-found', 'cancel'],
  'unsupported-info': ['feature-not-implemented', 'modify'],
} as const;

export const jingleError = (iq: Element, error: keyof typeof errors): Element => {
  const [condition, type] = errors[error];
  const answer = iqError(iq, condition, type);
  answer.getChildElements()[0]?.append(xml(error, { xmlns: ERRORS }));
  return answer;
};
