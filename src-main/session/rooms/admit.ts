import { failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import type { Link } from '../../xmpp/link';
import { affiliationsGet, parseAffiliations } from '../../xmpp/xep/0045-affiliations';
import { setAffiliation } from '../../xmpp/xep/0045-muc';

const lists = ['owner', 'admin', 'member', 'outcast'] as const;

/**
 * XEP-0045 §9.3: not every service makes a member of whom an owner invites into a room for members alone. Whoever has a place there
 * keeps it: an owner's word would make a member of an administrator, and let in who is banned. @returns those who are more than
 * members: Openfire makes members of them too, when it passes the invitation on.
 */
export const admit = async (
  link: Link,
  room: string,
  people: readonly string[],
  as: 'owner' | 'admin',
): Promise<Outcome<ReadonlySet<string>>> => {
  const answers = await Promise.all(
    lists.map(async (of) => ({ of, answer: await link.iq('get', affiliationsGet(of), { to: room }) })),
  );
  const places = new Map<string, (typeof lists)[number]>();
  for (const { of, answer } of answers) {
    if (answer.ok) for (const { jid } of parseAffiliations(answer.iq, of)) places.set(jid, of);
    // Administrators may not see who owns it, nor take anything from them.
    else if (of !== 'owner' || as === 'owner')
      return failed('server-refused', { condition: answer.error.condition });
  }
  const banned = people.find((one) => places.get(one) === 'outcast');
  if (banned !== undefined) return failed('room-banned', { who: banned });
  for (const to of people.filter((one) => !places.has(one))) {
    const set = await link.iq('set', setAffiliation(to, 'member', null), { to: room });
    if (!set.ok && as === 'owner') return failed('server-refused', { condition: set.error.condition });
  }
  return ok(new Set(people.filter((one) => ['owner', 'admin'].includes(places.get(one) ?? ''))));
};
