import type { Link } from '../../xmpp/link';
import { infoGet, itemsGet, parseInfo, parseItems } from '../../xmpp/xep/0030-disco';
import { MUC } from '../../xmpp/xep/0045-muc';

/** A server has a handful of services; a longer list is not asked through. */
const MOST = 30;

/** The server's room service among its items (XEP-0045 §6.1); null: none. Never guessed from the domain. */
export const findService = async (link: Link, domain: string): Promise<string | null> => {
  const items = await link.iq('get', itemsGet(), { to: domain });
  if (!items.ok) return null;
  const services = parseItems(items.iq)
    .filter(({ jid, node }) => node === null && !jid.includes('@'))
    .slice(0, MOST);
  const infos = await Promise.all(services.map(({ jid }) => link.iq('get', infoGet(), { to: jid })));
  const found = services.filter((_, n) => {
    const answer = infos[n];
    const info = answer?.ok ? parseInfo(answer.iq) : null;
    // Gateways to other networks have rooms too (`conference/irc`).
    return (
      info?.features.includes(MUC) === true &&
      info.identities.some(({ category, type }) => category === 'conference' && type === 'text')
    );
  });
  return found[0]?.jid ?? null;
};
