import { deadlines } from './deps';
import type { Failed } from './outcome';
import { authenticate, refused, type Authenticated } from './sasl/authenticate';
import { chooseMechanism } from './sasl/choose';
import { sasl, sasl2, type Dialect } from './sasl/dialect';
import { inlineRequest } from './sasl2/inline';
import { offerOf, saslMechanisms, type Sasl2Offer } from './sasl2/offer';
import {
  authenticateByToken,
  fastElement,
  isPast,
  isUsable,
  tokenIn,
  tokenMechanism,
  type TokenOutcome,
} from './sasl2/token';
import type { FastToken } from '../link';
import { xml, type Element } from './xml';
import { ns } from './namespaces';
import type { Walk } from './walk';

type SignedIn = { readonly ok: true; readonly mechanism: string; readonly success: Element } | Failed;

/**
 * SASL (RFC 6120 §6) with the strongest mechanism that may be used (T27). Features without SASL end it as `no-mechanism`:
 * a resource is never bound for a server that did not ask who we are.
 */
export const signIn = (walk: Walk, features: Element): Promise<SignedIn> => {
  walk.stream.steps.begin('auth');
  return byPassword(walk, sasl, saslMechanisms(features), features);
};

/** XEP-0388, with a token (XEP-0484) where there is one that may still do; else with the password, on the same stream. */
export const signIn2 = async (walk: Walk, offer: Sasl2Offer, features: Element): Promise<SignedIn> => {
  const { stream, request, deps, encrypted, onToken } = walk;
  stream.steps.begin('auth', stream.sparesSession ? deadlines(deps).resume : undefined);
  const past = request.token !== null && isPast(request.token, deps.clock.now());
  if (past) onToken(null);
  const token = past ? null : request.token;
  // XEP-0484 §6: over TLS alone; who hears the proof of a token without channel binding can say it again.
  if (token && encrypted && isUsable(token, offer.fast)) {
    const outcome = await byToken(walk, offer, token);
    if (!outcome.ok) return outcome;
    const { success } = outcome;
    if (success) {
      const { mechanism } = token;
      onToken(tokenIn(success, mechanism) ?? { ...token, count: token.count + 1 });
      stream.steps.done(mechanism);
      stream.signedIn();
      return { ok: true, mechanism, success };
    }
    // These are about the account or the server, not about the token.
    if (['account-disabled', 'temporary-auth-failure'].includes(outcome.said.condition)) {
      return refused(stream, outcome.said);
    }
    onToken(null);
  }
  const wanted = request.wantsToken && encrypted ? tokenMechanism(offer.fast) : null;
  const dialect = sasl2(() => [
    ...inlineRequest(walk, offer),
    ...(wanted === null ? [] : [xml('request-token', { xmlns: ns.fast, mechanism: wanted })]),
  ]);
  const signedIn = await byPassword(walk, dialect, offer.mechanisms, features);
  const given = signedIn.ok && wanted !== null ? tokenIn(signedIn.success, wanted) : null;
  if (given) onToken(given);
  return signedIn;
};

const byToken = (walk: Walk, offer: Sasl2Offer, token: FastToken): Promise<TokenOutcome> => {
  const dialect = sasl2(() => [...inlineRequest(walk, offer), fastElement(token.count + 1)]);
  return authenticateByToken(walk.stream, dialect, walk.account.local, token);
};

const byPassword = async (
  { stream, request, account, encrypted, deps }: Walk,
  dialect: Dialect,
  mechanisms: readonly string[],
  features: Element,
): Promise<SignedIn> => {
  const { allowPlain, scramSeen, password, mechanism: wanted } = request;
  const choice = chooseMechanism(mechanisms, { encrypted, allowPlain, scramSeen, wanted });
  if (!choice.ok) return stream.fail({ code: choice.code, step: 'auth', params: choice.params });
  const { mechanism } = choice;
  const credentials = {
    username: account.local,
    password: password.reveal(),
    nonce: deps.random.id(),
  };
  const offer = offerOf(mechanisms, features);
  const outcome: Authenticated = await authenticate(stream, dialect, mechanism, credentials, offer);
  if (!outcome.ok) return outcome;
  stream.steps.done(mechanism);
  stream.signedIn();
  return { ok: true, mechanism, success: outcome.success };
};
