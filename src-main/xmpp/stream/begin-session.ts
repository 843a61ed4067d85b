/** From the first features to a session: SASL2 with all that it does at once, or RFC 6120's steps one by one. */
import type { Session } from './live-link';
import { badJid, bindSession, isFullJidAt } from './bind-session';
import { takeAnswer } from './answers';
import { ns, streamManagement } from './namespaces';
import { openStream } from './open-stream';
import type { Failed } from './outcome';
import { askToResume, proveResumption } from './resume-session';
import { inlineIn, type Inline } from './sasl2/inline';
import { sasl2Offer, type Sasl2Offer } from './sasl2/offer';
import { signIn, signIn2 } from './sign-in';
import type { ResumeAnswer } from './stream-management';
import { iqCaller, type Begun, type BegunOutcome, type Walk } from './walk';
import type { Element } from './xml';

/** `session` is null when a resumed session proved to be none (R26): nothing of it counts, and this stream is lost. */
export type SessionOutcome = { readonly ok: true; readonly session: Session | null } | Failed;

export const beginSession = async (walk: Walk): Promise<SessionOutcome> => {
  const { stream, account, encrypted } = walk;
  const from = encrypted ? account.bare : null;
  const opened = await openStream(stream, account.domain, 'open', from);
  if (!opened.ok) return opened;
  const offer = sasl2Offer(opened.features);
  return offer ? atOnce(walk, offer, opened.features) : stepByStep(walk, opened.features, from);
};

const stepByStep = async (walk: Walk, features: Element, from: string | null): Promise<SessionOutcome> => {
  const { stream, account } = walk;
  const signedIn = await signIn(walk, features);
  if (!signedIn.ok) return signedIn;
  const reopened = await openStream(stream, account.domain, 'reopen', from);
  if (!reopened.ok) return reopened;
  const early: Element[] = [];
  const begun = await resumeOrBind(walk, reopened.features, early);
  return sessionOf(walk, begun, signedIn.mechanism, reopened.features, early);
};

const atOnce = async (walk: Walk, offer: Sasl2Offer, offered: Element): Promise<SessionOutcome> => {
  const { stream, request } = walk;
  stream.sparesSession = request.resume !== null && offer.resume.includes(request.resume.version);
  const signedIn = await signIn2(walk, offer, offered);
  if (!signedIn.ok) return signedIn;
  stream.steps.skip('reopen', 'SASL2');
  const early: Element[] = [];
  // XEP-0388 §2.5: they follow by themselves.
  const reply = await takeAnswer(stream, (element) => element.is('features', ns.stream), early);
  if (!reply.ok) return reply;
  const features = reply.element;
  const inline = inlineIn(signedIn.success, walk, offer);
  const begun = await afterSuccess(walk, inline, features, early);
  return sessionOf(walk, begun, signedIn.mechanism, features, early);
};

const afterSuccess = async (
  walk: Walk,
  inline: Inline,
  features: Element,
  early: Element[],
): Promise<BegunOutcome | null> => {
  const { stream, account, request } = walk;
  if (inline.resume && inline.resume.kind !== 'refused') return goOn(walk, inline.resume, early);
  const refused = refusedIn(walk, inline.resume);
  if (!inline.bound) {
    return inline.resume ? bindSession(walk, features, refused) : resumeOrBind(walk, features, early);
  }
  stream.sparesSession = false;
  const { carbons, enabled } = inline.bound;
  const jid = inline.jid ?? '';
  if (!isFullJidAt(jid, account.domain)) return badJid(stream);
  stream.steps.skip('bind', jid);
  stream.steps.skip('session');
  stream.steps.skip('sm', enabled?.version);
  const iqs = iqCaller(walk);
  iqs.full = jid;
  const managed = enabled && { ...enabled, sent: 0, handled: 0 };
  const lost = refused ?? (request.resume ? { ...nothingKnown, id: request.resume.id } : null);
  return {
    ok: true,
    begun: { iqs, jid, managed, resumed: null, refused: lost, inline: { carbons }, software: null },
  };
};

/** RFC 6120's features: resume where it can be, else bind. */
const resumeOrBind = async (
  walk: Walk,
  features: Element,
  early: Element[],
): Promise<BegunOutcome | null> => {
  const { stream, request } = walk;
  const { resume } = request;
  if (!resume) return bindSession(walk, features, null);
  const offered = streamManagement.some(
    (version) => version === resume.version && features.getChild('sm', version),
  );
  if (!offered) return bindSession(walk, features, { ...nothingKnown, id: resume.id });
  stream.sparesSession = true;
  const asked = await askToResume(walk, resume, early);
  if (!asked.ok) return asked;
  if (asked.answer.kind !== 'refused') return goOn(walk, asked.answer, early);
  stream.sparesSession = false;
  stream.steps.done('failed');
  return bindSession(walk, features, refusedIn(walk, asked.answer));
};

const goOn = async (
  walk: Walk,
  answer: Exclude<ResumeAnswer, { kind: 'refused' }>,
  early: Element[],
): Promise<BegunOutcome | null> => {
  const { stream, request } = walk;
  if (answer.kind === 'malformed' || !request.resume) {
    return stream.fail({ code: 'malformed', step: 'sm', params: { reason: 'resumed' } });
  }
  stream.steps.skip('bind', request.resume.jid);
  stream.steps.skip('session');
  return proveResumption(walk, request.resume, answer.handled, early);
};

const nothingKnown = { handled: null, silent: false };

const refusedIn = ({ request }: Walk, answer: ResumeAnswer | null): Begun['refused'] =>
  answer?.kind === 'refused' && request.resume
    ? { id: request.resume.id, handled: answer.handled, silent: false }
    : null;

const sessionOf = (
  { stream, account, endpoint }: Walk,
  outcome: BegunOutcome | null,
  mechanism: string,
  features: Element,
  early: readonly Element[],
): SessionOutcome => {
  if (outcome === null) return { ok: true, session: null };
  if (!outcome.ok) return outcome;
  const { href } = endpoint;
  const session = {
    ...outcome.begun,
    stream,
    mechanism,
    features,
    early,
    endpoint: href,
    domain: account.domain,
  };
  return { ok: true, session };
};
