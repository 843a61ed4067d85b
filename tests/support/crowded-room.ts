import { escapeXML, escapeXMLText, type Element } from '@xmpp/xml';
import type { Affiliation, Role } from '../../src-shared/model/room';
import { connectComponent } from '../servers/prosody/component';
import { company } from './company';

const MUC = 'http://jabber.org/protocol/muc';

/** A change of one of them, by his number. */
export interface CrowdedPresence {
  readonly n: number;
  readonly show?: 'away' | 'chat' | 'dnd' | 'xa';
  readonly status?: string;
  readonly gone?: boolean;
}
export interface CrowdedRoom {
  readonly jid: string;
  readonly name: string;
  /** What the n-th occupant is called there. */
  nick(n: number): string;
  /** How many have come in from outside. */
  readonly guests: number;
  /** These presences reach every guest in one go. */
  tell(presences: readonly CrowdedPresence[]): void;
  /** One of them says something to every guest. */
  say(n: number, body: string): void;
  stop(): Promise<void>;
}

/** In these a nick must not end in a number (RFC 3454 §6): the server would drop it. */
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** Two owners, three admins, ten moderators, members, everybody else, and visitors at the end. */
const placeOf = (n: number, count: number): readonly [Affiliation, Role] => {
  if (n < 2) return ['owner', 'moderator'];
  if (n < 5) return ['admin', 'moderator'];
  if (n < 15) return ['none', 'moderator'];
  if (n < count / 2) return ['member', 'participant'];
  return ['none', n < count * 0.9 ? 'participant' : 'visitor'];
};
const showOf = (n: number): string => (n % 3 === 2 ? '<show>away</show>' : '');
/** XEP-0317: the owners are the hosts. */
const HATS = 'urn:xmpp:hats:0';
const hatsOf = (n: number): string =>
  n < 2 ? `<hats xmlns="${HATS}"><hat uri="urn:example:host" title="Host"/></hats>` : '';

/**
 * A room with so many in it (XEP-0045), played by one component of a Prosody: none of them has a client. Whoever comes in is
 * told of all, is one of the owners and may talk. It keeps no archive and has no history.
 *
 * @param port the server's `componentPort`
 */
export async function startCrowdedRoom(
  server: { readonly domain: string },
  port: number,
  count: number,
): Promise<CrowdedRoom> {
  const people = company(2 * count, server.domain)
    .filter((one) => !RIGHT_TO_LEFT.test(one.name))
    .slice(0, count);
  const name = 'The hall';
  const nick = (n: number): string => `${people[n]?.name ?? ''} ${String(n)}`;
  /** Full JID of whoever came in → the nick. */
  const guests = new Map<string, string>();
  let jid = '';
  let said = 0;

  const presence = (
    to: string,
    from: string,
    inner: string,
    [affiliation, role]: readonly [Affiliation, Role],
    {
      address,
      codes = [],
      type,
    }: { readonly address: string; readonly codes?: readonly number[]; readonly type?: string },
  ): string =>
    `<presence${type ? ` type="${type}"` : ''} from="${escapeXML(`${jid}/${from}`)}" to="${escapeXML(to)}">${inner}` +
    `<c xmlns="http://jabber.org/protocol/caps" hash="sha-1" node="https://example.org/client" ver="zHyEOgxTrkpSdGcQKH8EFPLsriY="/>` +
    `<x xmlns="${MUC}#user"><item affiliation="${affiliation}" role="${role}" jid="${escapeXML(address)}"/>` +
    `${codes.map((code) => `<status code="${String(code)}"/>`).join('')}</x></presence>`;
  const ofThem = (to: string, { n, show, status, gone }: CrowdedPresence): string => {
    const inner =
      hatsOf(n) +
      (show ? `<show>${show}</show>` : '') +
      (status ? `<status>${escapeXMLText(status)}</status>` : '');
    const [affiliation, role] = placeOf(n, count);
    return presence(to, nick(n), inner, [affiliation, gone ? 'none' : role], {
      address: `${people[n]?.jid ?? ''}/desk`,
      ...(gone ? { type: 'unavailable' } : {}),
    });
  };
  const enter = (to: string, as: string): void => {
    if (guests.get(to) === as) return;
    guests.set(to, as);
    component.send([
      ...people.map(({ jid: address }, n) =>
        presence(to, nick(n), showOf(n) + hatsOf(n), placeOf(n, count), { address: `${address}/desk` }),
      ),
      presence(to, as, '', ['owner', 'moderator'], { address: to, codes: [100, 110] }),
      `<message type="groupchat" from="${jid}" to="${escapeXML(to)}"><subject/></message>`,
    ]);
  };
  const leave = (to: string, as: string): void => {
    if (!guests.delete(to)) return;
    component.send([
      presence(to, as, '', ['owner', 'none'], { address: to, codes: [110], type: 'unavailable' }),
    ]);
  };
  /** The body of the answer to a question, XEP-0030 and XEP-0045 §10; undefined: that is none that it knows. */
  const answerTo = (to: string, query: Element | undefined): string | undefined => {
    const namespace = query?.getNS() ?? '';
    const hall = `<identity category="conference" type="text" name="${name}"/><feature var="${MUC}"/>`;
    if (namespace.endsWith('disco#info'))
      return `<query xmlns="${namespace}">${hall}<feature var="muc_nonanonymous"/><feature var="muc_open"/><feature var="${HATS}"/></query>`;
    if (namespace.endsWith('disco#items'))
      return `<query xmlns="${namespace}">${to === jid ? '' : `<item jid="${jid}" name="${name}"/>`}</query>`;
    if (namespace !== `${MUC}#admin`) return namespace === 'urn:xmpp:ping' ? '' : undefined;
    const asked = query?.getChildElements()[0]?.attrs['affiliation'] as Affiliation | undefined;
    const items = people.flatMap(({ jid: address }, n) =>
      placeOf(n, count)[0] === asked ? `<item affiliation="${asked}" jid="${escapeXML(address)}"/>` : [],
    );
    return `<query xmlns="${namespace}">${items.join('')}</query>`;
  };
  const take = (stanza: Element): void => {
    const [from, to] = [String(stanza.attrs['from']), String(stanza.attrs['to'])];
    const type = stanza.attrs['type'] as string | undefined;
    const as = to.slice(to.indexOf('/') + 1);
    if (stanza.is('presence') && to.startsWith(`${jid}/`)) {
      if (type === undefined) enter(from, as);
      else if (type === 'unavailable') leave(from, as);
      return;
    }
    if (!stanza.is('iq') || (type !== 'get' && type !== 'set')) return;
    const answer = answerTo(to, stanza.getChildElements()[0]);
    const head = `from="${escapeXML(to)}" to="${escapeXML(from)}" id="${escapeXML(String(stanza.attrs['id']))}"`;
    component.send([
      answer === undefined
        ? `<iq type="error" ${head}><error type="cancel"><service-unavailable xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></iq>`
        : `<iq type="result" ${head}>${answer}</iq>`,
    ]);
  };
  const component = await connectComponent(server, port, take);
  jid = `hall@${component.domain}`;

  return {
    jid,
    name,
    nick,
    get guests() {
      return guests.size;
    },
    tell: (presences) => {
      for (const to of guests.keys()) component.send(presences.map((one) => ofThem(to, one)));
    },
    say: (n, body) => {
      said += 1;
      for (const to of guests.keys())
        component.send([
          `<message type="groupchat" id="said-${String(said)}" from="${escapeXML(`${jid}/${nick(n)}`)}" to="${escapeXML(to)}"><body>${escapeXMLText(body)}</body></message>`,
        ]);
    },
    stop: () => component.stop(),
  };
}
