import { failed, ok, type Outcome } from '../../src-shared/ipc/errors';
import { emptyCard, type Card } from '../../src-shared/model/card';
import { parseJid } from '../../src-shared/model/jid';
import type { IqOutcome, Link } from '../xmpp/link';
import { lastGet, parseLast } from '../xmpp/xep/0012-last-activity';
import { parseVcard, vcardGet, vcardOf } from '../xmpp/xep/0054-vcard';
import { parseVersion, versionGet } from '../xmpp/xep/0092-version';
import { parseVcard4, vcard4Get } from '../xmpp/xep/0292-vcard4';
import { parseTime, timeGet } from '../xmpp/xep/0202-entity-time';
import type { SessionContext } from './context';

/** What people tell of themselves, asked of their server when it is to be shown. */
export interface Cards {
  /**
   * The card of a contact, or one's own; an empty one where there is none. T31: `not-contact` of anybody else, who is asked
   * nothing.
   */
  card(peer: string): Promise<Outcome<Card>>;
  /** Epoch milliseconds of when a contact was last there (XEP-0012); null where nobody says. */
  lastSeen(peer: string): Promise<Outcome<number | null>>;
  /** Name and version of the client with this full JID (XEP-0092); null where it does not say. */
  software(device: string): Promise<Outcome<string | null>>;
  /** In which time zone a contact's client is (XEP-0202), minutes east of UTC; null where it does not say. */
  timeZone(peer: string, resource: string): Promise<Outcome<number | null>>;
}

const lost = (answer: IqOutcome): boolean =>
  !answer.ok && ['timeout', 'lost'].includes(answer.error.condition);

/** What the newer card says; where it says nothing, the older one. */
const joined = (newer: Card, older: Card): Card => {
  const list = <T>(first: readonly T[], second: readonly T[]): readonly T[] =>
    first.length > 0 ? first : second;
  return {
    fullName: newer.fullName ?? older.fullName,
    nickname: newer.nickname ?? older.nickname,
    organisation: newer.organisation ?? older.organisation,
    title: newer.title ?? older.title,
    role: newer.role ?? older.role,
    phones: list(newer.phones, older.phones),
    mails: list(newer.mails, older.mails),
    addresses: list(newer.addresses, older.addresses),
    url: newer.url ?? older.url,
    birthday: newer.birthday ?? older.birthday,
    note: newer.note ?? older.note,
  };
};

export const createCards = (
  context: Pick<SessionContext, 'bare' | 'link' | 'ports'>,
  isContact: (bare: string) => boolean,
): Cards => {
  const withKnown = <T>(peer: string, run: (link: Link) => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const link = context.link();
    if (peer !== context.bare && !isContact(peer)) return Promise.resolve(failed('not-contact'));
    return link ? run(link) : Promise.resolve(failed('not-online'));
  };
  return {
    card: (peer) =>
      withKnown(peer, async (link) => {
        // Either may be there alone, and servers of others are not asked what they can do: both at once.
        const [old, pep] = await Promise.all([
          link.iq('get', vcardGet(), { to: peer }),
          link.iq('get', vcard4Get(), { to: peer }),
        ]);
        const found = old.ok ? vcardOf(old.iq) : null;
        const older = found ? parseVcard(found) : null;
        const newer = pep.ok ? parseVcard4(pep.iq) : null;
        if (!older && !newer && (lost(old) || lost(pep))) return failed('timeout');
        return ok(joined(newer ?? emptyCard, older ?? emptyCard));
      }),
    software: (device) => {
      const full = parseJid(device);
      if (!full?.resource) return Promise.resolve(failed('bad-jid'));
      return withKnown(full.bare, async (link) => {
        const answer = await link.iq('get', versionGet(), { to: `${full.bare}/${full.resource ?? ''}` });
        if (lost(answer)) return failed('timeout');
        return ok(answer.ok ? parseVersion(answer.iq) : null);
      });
    },
    lastSeen: (peer) =>
      withKnown(peer, async (link) => {
        const answer = await link.iq('get', lastGet(), { to: peer });
        if (lost(answer)) return failed('timeout');
        const seconds = answer.ok ? parseLast(answer.iq) : null;
        return ok(seconds === null ? null : context.ports.clock.now() - seconds * 1000);
      }),
    timeZone: (peer, resource) =>
      withKnown(peer, async (link) => {
        const answer = await link.iq('get', timeGet(), { to: `${peer}/${resource}` });
        if (lost(answer)) return failed('timeout');
        return ok(answer.ok ? parseTime(answer.iq) : null);
      }),
  };
};
