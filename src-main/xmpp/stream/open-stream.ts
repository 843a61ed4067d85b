import { ns } from './namespaces';
import type { Failed } from './outcome';
import type { Element } from './xml';
import type { XmppStream } from './xmpp-stream';

/**
 * `<open/>` and the features that follow it (RFC 7395 §3.4, RFC 6120 §4.3.2); `reopen` is the one after SASL. `from`, the
 * bare JID, only over TLS (RFC 6120 §4.7.1): servers look there for whose FAST token may come.
 */
export const openStream = async (
  stream: XmppStream,
  domain: string,
  step: 'open' | 'reopen',
  from: string | null = null,
): Promise<{ readonly ok: true; readonly features: Element } | Failed> => {
  stream.steps.begin(step);
  await stream.open(from);
  const opened = await stream.take();
  if (!opened.ok) return opened;
  if (!opened.element.is('open', ns.framing)) return unexpected(stream, opened.element);
  const theirs = opened.element.attrs['from'] as string | undefined;
  if (theirs !== undefined && theirs.toLowerCase() !== domain) {
    return stream.fail({ code: 'wrong-domain', step, params: { from: theirs, domain } });
  }
  if (step === 'open') {
    stream.steps.done(theirs ?? null);
    stream.steps.begin('features');
  }
  const features = await stream.take();
  if (!features.ok) return features;
  if (!features.element.is('features', ns.stream)) return unexpected(stream, features.element);
  const names = features.element.getChildElements().map((child) => child.getName());
  stream.steps.done(names.join(', '));
  return { ok: true, features: features.element };
};

const unexpected = (stream: XmppStream, element: Element): Failed =>
  stream.fail({ code: 'malformed', step: stream.steps.current, params: { reason: element.getName() } });
