import type { LinkRequest } from '../link';
import { accountAddress } from './account-address';
import type { LinkDeps } from './deps';
import { openStream } from './open-stream';
import { failedAt } from './outcome';
import { sasl2 } from './sasl/dialect';
import { userAgent } from './sasl2/inline';
import { sasl2Offer } from './sasl2/offer';
import { authenticateByToken, fastElement, isUsable } from './sasl2/token';
import { withStream } from './with-stream';

/** Nobody who signs out waits longer. */
const patience = 4_000;

/**
 * XEP-0484 §3.5: signs in with the token once more, to end it, and leaves. False when it could not be done in time; a token
 * that the server refuses is as good as ended. Never rejects.
 */
export const invalidateToken = async (
  request: Pick<LinkRequest, 'jid' | 'endpoints' | 'pins' | 'token' | 'userAgent'>,
  deps: LinkDeps,
): Promise<boolean> => {
  const { token } = request;
  if (!token) return true;
  const { local, domain, bare } = accountAddress(request.jid);
  const silent = { onStep: () => undefined, onXml: () => undefined };
  const bounded = { ...deps, deadlines: { ...deps.deadlines, total: patience, step: patience } };
  const { signal } = new AbortController();
  const outcome = await withStream(request, bounded, silent, signal, async (stream, { protocol }) => {
    if (protocol !== 'wss:') return failedAt('auth', 'plain-refused');
    const opened = await openStream(stream, domain, 'open', bare);
    if (!opened.ok) return opened;
    const offer = sasl2Offer(opened.features);
    if (!offer || !isUsable(token, offer.fast)) return failedAt('auth', 'no-mechanism');
    const dialect = sasl2(() => [userAgent(request.userAgent), fastElement(token.count + 1, true)]);
    stream.steps.begin('auth');
    const done = await authenticateByToken(stream, dialect, local, token);
    if (!done.ok) return done;
    await stream.close();
    return { ok: true };
  });
  return outcome.ok;
};
