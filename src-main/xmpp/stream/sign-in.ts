import type { LinkRequest } from '../link';
import type { Random } from '../../ports';
import type { AccountAddress } from './account-address';
import { ns } from './namespaces';
import type { Failed } from './outcome';
import { authenticate } from './sasl/authenticate';
import { chooseMechanism, type Mechanism } from './sasl/choose';
import type { Offer } from './sasl/downgrade';
import type { Element } from './xml';
import type { XmppStream } from './xmpp-stream';

interface SignInOptions {
  readonly request: LinkRequest;
  readonly account: AccountAddress;
  readonly encrypted: boolean;
  readonly random: Random;
}

/**
 * SASL (RFC 6120 §6) with the strongest mechanism that may be used (T27). Features without SASL end it as `no-mechanism`:
 * a resource is never bound for a server that did not ask who we are.
 */
export const signIn = async (
  stream: XmppStream,
  features: Element,
  { request, account, encrypted, random }: SignInOptions,
): Promise<{ readonly ok: true; readonly mechanism: Mechanism } | Failed> => {
  stream.steps.begin('auth');
  const offer = offerIn(features);
  const { allowPlain, scramSeen } = request;
  const choice = chooseMechanism(offer.mechanisms, { encrypted, allowPlain, scramSeen });
  if (!choice.ok) return stream.fail({ code: choice.code, step: 'auth', params: choice.params });
  const credentials = {
    username: account.local,
    password: request.password.reveal(),
    nonce: random.id(),
  };
  const outcome = await authenticate(stream, choice.mechanism, credentials, offer);
  if (!outcome.ok) return outcome;
  stream.steps.done(choice.mechanism);
  return { ok: true, mechanism: choice.mechanism };
};

const offerIn = (features: Element): Offer => ({
  mechanisms:
    features
      .getChild('mechanisms', ns.sasl)
      ?.getChildren('mechanism', ns.sasl)
      .map((mechanism) => mechanism.getText().trim()) ?? [],
  channelBindings:
    features
      .getChild('sasl-channel-binding', ns.channelBinding)
      ?.getChildren('channel-binding', ns.channelBinding)
      .map((binding) => String(binding.attrs['type'])) ?? [],
});
