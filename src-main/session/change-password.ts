import { done, failed, type Outcome } from '../../src-shared/ipc/errors';
import type { Jid } from '../../src-shared/model/jid';
import { Secret } from '../ports';
import { xmlText } from '../xmpp/guards/xml-text';
import type { Link } from '../xmpp/link';
import { passwordSet } from '../xmpp/xep/0077-password';
import type { Credentials } from './credentials';

/** What a server says that has no change of password for its users (XEP-0077 §3.3, RFC 6120 §8.3.3). */
const notThere: readonly string[] = ['service-unavailable', 'feature-not-implemented', 'not-allowed'];

/**
 * XEP-0077 §3.3. The server does not ask for the current password: we do, so that nobody who finds Flint open can take the
 * account. After `timeout` it is open which of the two holds; the next sign-in finds out.
 *
 * @param remember whether the new one is kept in the keyring
 */
export const changePassword = async (
  link: Link | null,
  address: Jid,
  credentials: Credentials,
  change: { readonly current: string; readonly next: string; readonly remember: boolean },
): Promise<Outcome<null>> => {
  const { current, next, remember } = change;
  const known = await credentials.password();
  if (!known.ok || known.password.reveal() !== current) return failed('wrong-password');
  if (!link) return failed('not-online');
  // What XML forbids would end the stream; the server refuses it in its own way.
  if (xmlText(next) !== next) return failed('server-refused', { condition: 'not-acceptable' });
  const answer = await link.iq('set', passwordSet(address.local ?? '', next), { to: address.domain });
  if (!answer.ok) {
    const { condition } = answer.error;
    if (condition === 'timeout' || condition === 'lost') return failed('timeout');
    return notThere.includes(condition) ? failed('not-offered') : failed('server-refused', { condition });
  }
  credentials.typed(new Secret(next));
  await credentials.worked(remember, true);
  return done;
};
