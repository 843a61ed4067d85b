import { failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import { parseJid } from '../../../src-shared/model/jid';
import type { ListedRoom, RoomAbout, RoomListing, RoomService } from '../../../src-shared/model/room-list';
import type { IqOutcome, Link } from '../../xmpp/link';
import { infoGet, itemsEnd, itemsGet, parseInfo, parseItems } from '../../xmpp/xep/0030-disco';
import { aboutOf } from '../../xmpp/xep/0045-about';
import { resultSet } from '../../xmpp/xep/0059-result-sets';
import type { SessionContext } from '../context';
import { refusal } from '../profile';
import { askService, findServices } from './find-service';

/** Which rooms there are (XEP-0045 §6), without going into any. */
export interface RoomBrowsing {
  /** The own server's services with rooms. */
  services(): Promise<Outcome<readonly RoomService[]>>;
  /** The rooms that a service lists; `not-offered` where it has none at all. */
  list(service: string): Promise<Outcome<RoomListing>>;
  about(room: string): Promise<Outcome<RoomAbout>>;
}

const PAGE = 100;
/** More are found by their names, or not at all. */
const MOST = 2_000;
/** A service that puts little on each page is not asked for ever. */
const MOST_PAGES = (2 * MOST) / PAGE;
const MAX_NAME = 200;
/** A service counts the people in each room before it answers. */
const LIST_MS = 30_000;
const ABOUT_MS = 15_000;

const isRoomAt = (service: string, jid: string): boolean => {
  const address = parseJid(jid);
  return address !== null && address.local !== null && address.domain === service;
};

/** One page of a list; where the service does not take pages (XEP-0059), all of it at once. */
const askPage = async (link: Link, to: string, after: string | null): Promise<IqOutcome> => {
  const page = resultSet(after === null ? { side: 'first' } : { side: 'after', id: after }, PAGE);
  const answer = await link.iq('get', itemsGet(page), { to, timeoutMs: LIST_MS });
  if (
    answer.ok ||
    after !== null ||
    !['bad-request', 'feature-not-implemented'].includes(answer.error.condition)
  )
    return answer;
  return link.iq('get', itemsGet(), { to, timeoutMs: LIST_MS });
};

export const createBrowsing = (context: Pick<SessionContext, 'domain' | 'link'>): RoomBrowsing => ({
  async services() {
    const link = context.link();
    return link ? ok(await findServices(link, context.domain)) : failed('not-online');
  },
  async list(text) {
    const link = context.link();
    const address = parseJid(text);
    if (!link) return failed('not-online');
    if (!address || address.local !== null || address.resource !== null) return failed('bad-jid');
    const service = address.bare;
    if (!(await askService(link, service))) return failed('not-offered');
    const rooms = new Map<string, ListedRoom>();
    let pages = 0;
    for (let after: string | null = null; pages < MOST_PAGES; pages += 1) {
      const answer = await askPage(link, service, after);
      if (!answer.ok) return refusal(answer);
      const before = rooms.size;
      for (const { jid, node, name } of parseItems(answer.iq))
        if (node === null && isRoomAt(service, jid) && rooms.size < MOST)
          rooms.set(jid, { jid, name: name?.trim().slice(0, MAX_NAME) || null });
      after = itemsEnd(answer.iq);
      // A page that brings nothing new is the last one, whatever it says.
      if (after === null || rooms.size === before || rooms.size >= MOST) break;
    }
    return ok({ rooms: [...rooms.values()], more: rooms.size >= MOST || pages === MOST_PAGES });
  },
  async about(room) {
    const link = context.link();
    if (!link) return failed('not-online');
    const answer = await link.iq('get', infoGet(), { to: room, timeoutMs: ABOUT_MS });
    const info = answer.ok ? parseInfo(answer.iq) : null;
    if (!answer.ok) return refusal(answer);
    return info ? ok(aboutOf(info)) : failed('not-offered');
  },
});
