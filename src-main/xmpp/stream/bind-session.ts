import { accountAddress } from './account-address';
import { takeAnswer } from './answers';
import type { IqCaller } from './iq-caller';
import { ns, streamManagement } from './namespaces';
import { conditionParams, type Failed } from './outcome';
import { askSoftware, resumesSafely } from './software';
import { enabledIn, enableElement } from './stream-management';
import { iqCaller, type Begun, type BegunOutcome, type Walk } from './walk';
import { xml, type Element } from './xml';
import type { XmppStream } from './xmpp-stream';

/** Resource (RFC 6120 §7), the legacy session only where it is required (RFC 3921 §3), XEP-0198 where it is offered. */
export const bindSession = async (
  walk: Walk,
  features: Element,
  refused: Begun['refused'],
): Promise<BegunOutcome> => {
  const { stream, request, account } = walk;
  const iqs = iqCaller(walk);

  stream.steps.begin('bind');
  const resource = xml('bind', { xmlns: ns.bind }, xml('resource', { xmlns: ns.bind }, request.resource));
  const bound = await ask(stream, iqs, resource);
  if (!bound.ok) return bound;
  const jid = bound.iq.getChild('bind', ns.bind)?.getChildText('jid', ns.bind) ?? '';
  if (!isFullJidAt(jid, account.domain)) return badJid(stream);
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

  const begun = { iqs, jid, resumed: null, refused, inline: { carbons: false } };
  const enabled = await enable(walk, iqs, features);
  return enabled.ok
    ? { ok: true, begun: { ...begun, managed: enabled.managed, software: enabled.software } }
    : enabled;
};

export const badJid = (stream: XmppStream): Failed =>
  stream.fail({ code: 'bind-failed', step: 'bind', params: { condition: 'jid-malformed' } });

export const isFullJidAt = (jid: string, domain: string): boolean => {
  const slash = jid.indexOf('/');
  return slash > 0 && slash < jid.length - 1 && accountAddress(jid).domain === domain;
};

/** XEP-0198 §3; with resumption only where the server is known to keep its word (R26). */
const enable = async (
  walk: Walk,
  iqs: IqCaller,
  features: Element,
): Promise<({ readonly ok: true } & Pick<Begun, 'managed' | 'software'>) | Failed> => {
  const { stream, request } = walk;
  const version = streamManagement.find((one) => features.getChild('sm', one));
  if (version === undefined) {
    stream.steps.skip('sm');
    return { ok: true, managed: null, software: null };
  }
  stream.steps.begin('sm');
  const software = request.resumable === 'unknown-server' ? await askSoftware(walk, iqs) : null;
  const resumable = request.resumable !== 'no' && resumesSafely(software);
  stream.send(enableElement(version, resumable));
  const reply = await takeAnswer(stream, (element) => element.getNS() === version);
  if (!reply.ok) return reply;
  if (reply.element.getName() !== 'enabled') {
    stream.steps.skip('sm', reply.element.getName());
    return { ok: true, managed: null, software };
  }
  stream.steps.done(version);
  const enabled = enabledIn(reply.element, walk.endpoint);
  return { ok: true, managed: { ...enabled, sent: 0, handled: 0 }, software };
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
