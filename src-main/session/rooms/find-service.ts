import type { RoomService } from '../../../src-shared/model/room-list';
import type { Link } from '../../xmpp/link';
import { infoGet, itemsGet, parseInfo, parseItems, type DiscoInfo } from '../../xmpp/xep/0030-disco';
import { MUC } from '../../xmpp/xep/0045-muc';

/** A server has a handful of services; a longer list is not asked through. */
const MOST = 30;

// Gateways to other networks have rooms too (`conference/irc`).
const hasRooms = ({ features, identities }: DiscoInfo): boolean =>
  features.includes(MUC) &&
  identities.some(({ category, type }) => category === 'conference' && type === 'text');

/** A service's own word for what it is; null: it has no rooms. */
export const askService = async (link: Link, jid: string): Promise<RoomService | null> => {
  const answer = await link.iq('get', infoGet(), { to: jid, timeoutMs: 10_000 });
  const info = answer.ok ? parseInfo(answer.iq) : null;
  if (!info || !hasRooms(info)) return null;
  const name = info.identities.find(({ category }) => category === 'conference')?.name.trim();
  return { jid, name: name?.slice(0, 200) || null };
};

/** The server's room services among its items (XEP-0045 §6.1). Never guessed from the domain. */
export const findServices = async (link: Link, domain: string): Promise<readonly RoomService[]> => {
  const items = await link.iq('get', itemsGet(), { to: domain });
  if (!items.ok) return [];
  const services = parseItems(items.iq)
    .filter(({ jid, node }) => node === null && !jid.includes('@'))
    .slice(0, MOST);
  const found = await Promise.all(services.map(({ jid }) => askService(link, jid)));
  return found.filter((one) => one !== null);
};
