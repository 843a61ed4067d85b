import type { LinkRequest } from '../link';
import { accountAddress, type AccountAddress } from './account-address';
import { deadlines, type LinkDeps } from './deps';
import { IqCaller } from './iq-caller';
import type { Session } from './live-link';
import { ns, streamManagement } from './namespaces';
import { conditionParams, type Failed } from './outcome';
import { xml, type Element } from './xml';
import type { XmppStream } from './xmpp-stream';

type Bound = { readonly ok: true } & Omit<Session, 'stream' | 'mechanism' | 'endpoint' | 'domain'>;

/** Resource (RFC 6120 §7), the legacy session only where it is required (RFC 3921 §3), XEP-0198 where it is offered. */
export const bindSession = async (
  stream: XmppStream,
  features: Element,
  request: LinkRequest,
  account: AccountAddress,
  deps: LinkDeps,
): Promise<Bound | Failed> => {
  const iqs = new IqCaller({
    clock: deps.clock,
    random: deps.random,
    send: (stanza) => stream.send(stanza),
    domain: account.domain,
    bare: account.bare,
    timeoutMs: deadlines(deps).iq,
  });

  stream.steps.begin('bind');
  const resource = xml('bind', { xmlns: ns.bind }, xml('resource', { xmlns: ns.bind }, request.resource));
  const bound = await ask(stream, iqs, resource);
  if (!bound.ok) return bound;
  const jid = bound.iq.getChild('bind', ns.bind)?.getChildText('jid', ns.bind) ?? '';
  if (!isFullJidAt(jid, account.domain)) {
    return stream.fail({ code: 'bind-failed', step: 'bind', params: { condition: 'jid-malformed' } });
  }
  iqs.full = jid;
  stream.steps.done(jid);

  // Openfire always offers it, as optional: skipped.
  const session = features.getChild('session', ns.session);
  if (session && !session.getChild('optional', ns.session)) {
    stream.steps.begin('session');
    const started = await ask(stream, iqs, xml('session', { xmlns: ns.session }));
    if (!started.ok) return started;
    stream.steps.done();
  } else stream.steps.skip('session');

  const version = streamManagement.find((one) => features.getChild('sm', one)) ?? null;
  if (version === null) stream.steps.skip('sm');
  else {
    const enabled = await enable(stream, version);
    if (!enabled.ok) return enabled;
    const managed = enabled.refused ? null : { version, resume: null, sent: 0, handled: 0 };
    return { ok: true, iqs, jid, features, ...fresh, managed };
  }
  return { ok: true, iqs, jid, features, ...fresh, managed: null };
};

const fresh = { resumed: null, refused: null, inline: { carbons: false }, software: null, early: [] };

/** XEP-0198 §3, without resumption: below 4.8 Openfire resumes and then loses everything (PROTOCOL.md). */
const enable = async (
  stream: XmppStream,
  version: string,
): Promise<{ readonly ok: true; readonly refused: boolean } | Failed> => {
  stream.steps.begin('sm');
  stream.send(xml('enable', { xmlns: version }));
  const reply = await takeAnswer(stream, (element) => element.getNS() === version);
  if (!reply.ok) return reply;
  const refused = reply.element.getName() !== 'enabled';
  if (refused) stream.steps.skip('sm', reply.element.getName());
  else stream.steps.done(version);
  return { ok: true, refused };
};

/** An IQ during the walk, where nobody else listens. */
const ask = async (
  stream: XmppStream,
  iqs: IqCaller,
  child: Element,
): Promise<{ readonly ok: true; readonly iq: Element } | Failed> => {
  const step = stream.steps.current;
  const asked = iqs.request('set', child);
  const reply = await takeAnswer(stream, (element) => iqs.take(element) === 'answer');
  if (!reply.ok) {
    iqs.lose();
    return reply;
  }
  const outcome = await asked;
  if (outcome.ok) return outcome;
  const { condition, text } = outcome.error;
  return stream.fail({ code: 'bind-failed', step, params: conditionParams(condition, text) });
};

/** Skips stanzas that come too early. */
const takeAnswer = async (
  stream: XmppStream,
  isAnswer: (element: Element) => boolean,
): Promise<{ readonly ok: true; readonly element: Element } | Failed> => {
  for (;;) {
    const taken = await stream.take();
    if (!taken.ok || isAnswer(taken.element)) return taken;
  }
};

const isFullJidAt = (jid: string, domain: string): boolean => {
  const slash = jid.indexOf('/');
  return slash > 0 && slash < jid.length - 1 && accountAddress(jid).domain === domain;
};
