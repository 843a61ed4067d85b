import { failed, ok, type Outcome } from '../../src-shared/ipc/errors';
import type { CardEntry } from '../../src-shared/model/card';
import {
  emptyProfile,
  mergeProfile,
  profileFields,
  sameField,
  sameProfile,
  type Profile,
} from '../../src-shared/model/profile';
import type { Element } from '../xmpp/element';
import { xmlText } from '../xmpp/guards/xml-text';
import type { IqOutcome, Link } from '../xmpp/link';
import { vcardGet, vcardOf } from '../xmpp/xep/0054-vcard';
import { editVcard, vcardProfile } from '../xmpp/xep/0054-vcard-edit';
import { publish } from '../xmpp/xep/0060-pubsub';
import { nick, NICK } from '../xmpp/xep/0172-nick';
import { vcard4Get, vcard4Of, VCARD4_NODE } from '../xmpp/xep/0292-vcard4';
import { editVcard4, vcard4Profile } from '../xmpp/xep/0292-vcard4-edit';
import type { SessionContext } from './context';
import type { Turn } from './turn';

/** XEP-0398: the server makes one of the two ways of telling from the other. */
export const CONVERSION = 'urn:xmpp:pep-vcard-conversion:0';

/** What the account says of itself, in its two cards (XEP-0054, XEP-0292) and its nickname (XEP-0172). */
export interface ProfileService {
  read(): Promise<Outcome<Profile>>;
  /**
   * Writes what is another in `next` than in `base` into the cards as they are now; `changed-elsewhere` where another device
   * has changed the same field meanwhile, each to something else.
   */
  save(base: Profile, next: Profile): Promise<Outcome<Profile>>;
}

type Fields = readonly (keyof Profile)[];

interface Cards {
  readonly old: Element | null;
  readonly item: { readonly id: string; readonly card: Element } | null;
  readonly profile: Profile;
}

const notThere: readonly string[] = ['service-unavailable', 'feature-not-implemented', 'item-not-found'];
const conditionOf = (answer: IqOutcome): string | null => (answer.ok ? null : answer.error.condition);
const isLost = (answer: IqOutcome): boolean => ['timeout', 'lost'].includes(conditionOf(answer) ?? '');
export const refusal = (answer: IqOutcome): Outcome<never> => {
  const condition = conditionOf(answer) ?? 'undefined-condition';
  if (isLost(answer)) return failed('timeout');
  return notThere.includes(condition) ? failed('not-offered') : failed('server-refused', { condition });
};

/** What the newer card says; where it says nothing, the older one: as contacts see it. */
const joined = (newer: Profile, older: Profile): Profile => ({
  ...emptyProfile,
  ...Object.fromEntries(
    profileFields.map((field) => [field, (sameField(newer, emptyProfile, field) ? older : newer)[field]]),
  ),
});

/** As it can be sent, and as it will be read again. */
const clean = (profile: Profile): Profile => {
  const text = (part: string): string => xmlText(part).trim();
  const entries = (list: Profile['phones']): Profile['phones'] =>
    list.map(({ kind, value }) => ({ kind, value: text(value) })).filter(({ value }) => value !== '');
  const texts = Object.entries(profile).flatMap(([field, part]: [string, Profile[keyof Profile]]) =>
    typeof part === 'string' ? [[field, text(part)] as const] : [],
  );
  const { street, code, locality, region, country } = profile.address;
  return {
    ...profile,
    ...Object.fromEntries(texts),
    phones: entries(profile.phones),
    mails: entries(profile.mails),
    address: {
      street: text(street),
      code: text(code),
      locality: text(locality),
      region: text(region),
      country: text(country),
    },
  };
};

/** Whether a card that the server made of the other says as much of it as such a card can: kinds and units are not carried over. */
const carries = (made: Profile, next: Profile): boolean => {
  const flat = (profile: Profile): Profile => ({
    ...profile,
    unit: '',
    phones: profile.phones.map(({ value }) => ({ kind: null, value })),
    mails: profile.mails.map(({ value }) => ({ kind: null, value })),
  });
  return sameProfile(flat(made), flat(next));
};

/** A list that another card has: what was taken away goes, what was added comes, what only that card has stays. */
const rebased = (theirs: Profile['phones'], before: Profile['phones'], next: Profile['phones']) => {
  const key = ({ kind, value }: CardEntry): string => JSON.stringify([kind, value]);
  const keys = (list: Profile['phones']): ReadonlySet<string> => new Set(list.map(key));
  if (JSON.stringify(theirs.map(key)) === JSON.stringify(before.map(key))) return next;
  const [had, has] = [keys(before), keys(next)];
  const kept = theirs.filter((one) => has.has(key(one)) || !had.has(key(one)));
  return [...kept, ...next.filter((one) => !keys(kept).has(key(one)) && !had.has(key(one)))];
};

export const createProfile = (
  context: Pick<SessionContext, 'bare' | 'link' | 'features'>,
  /** Each change starts from the cards as the one before left them. */
  inTurn: Turn,
  /** The old card was written: name and picture may be others. */
  written: (link: Link) => void,
): ProfileService => {
  const readOld = async (link: Link): Promise<Element | null> => {
    const answer = await link.iq('get', vcardGet());
    return answer.ok ? vcardOf(answer.iq) : null;
  };
  const readCards = async (link: Link): Promise<Outcome<Cards>> => {
    const [old, pep] = await Promise.all([
      link.iq('get', vcardGet()),
      link.iq('get', vcard4Get(), { to: context.bare }),
    ]);
    // Of a card that could not be read nothing is written: it would be replaced.
    if (isLost(old) || isLost(pep)) return failed('timeout');
    if (!old.ok && !notThere.includes(old.error.condition)) return refusal(old);
    const card = old.ok ? vcardOf(old.iq) : null;
    const item = pep.ok ? vcard4Of(pep.iq) : null;
    return ok({ old: card, item, profile: joined(vcard4Profile(item?.card ?? null), vcardProfile(card)) });
  };

  const writeNew = (link: Link, { item }: Cards, next: Profile, changed: Fields): Promise<IqOutcome> => {
    const card = editVcard4(item?.card ?? null, next, item ? changed : profileFields);
    return link.iq('set', publish(VCARD4_NODE, item?.id ?? 'current', card));
  };

  /** Both cards. Where the server makes the old one of the new one, it is not written over. */
  const write = async (link: Link, cards: Cards, next: Profile): Promise<Outcome<null>> => {
    const fresh = cards.profile;
    const changed = profileFields.filter((field) => !sameField(fresh, next, field));
    const newer = await writeNew(link, cards, next, changed);
    // A server without nodes of one's own has only ever had the old card.
    if (!newer.ok && (cards.item !== null || isLost(newer))) return refusal(newer);
    const converts = newer.ok && context.features().has(CONVERSION);
    const old = converts ? await readOld(link) : cards.old;
    const says = vcardProfile(old);
    if (converts && carries(says, next)) return ok(null);
    const wanted = {
      ...next,
      phones: rebased(says.phones, fresh.phones, next.phones),
      mails: rebased(says.mails, fresh.mails, next.mails),
    };
    const older = await link.iq('set', editVcard(old, wanted, old ? changed : profileFields));
    if (!older.ok) return newer.ok && notThere.includes(older.error.condition) ? ok(null) : refusal(older);
    // What it could not carry over is in the new one again.
    if (converts) await writeNew(link, cards, next, changed);
    return ok(null);
  };

  const tellNick = async (link: Link, before: Profile, next: Profile): Promise<void> => {
    const name = next.nickname || next.fullName;
    if (name === (before.nickname || before.fullName) || name === '') return;
    // Where it is refused the cards say it.
    await link.iq('set', publish(NICK, 'current', nick(name)));
  };

  const save = async (base: Profile, wanted: Profile): Promise<Outcome<Profile>> => {
    const link = context.link();
    if (!link) return failed('not-online');
    const cards = await readCards(link);
    if (!cards.ok) return cards;
    const next = mergeProfile(base, clean(wanted), cards.value.profile);
    if (!next) return failed('changed-elsewhere');
    if (sameProfile(next, cards.value.profile)) return ok(next);
    const outcome = await write(link, cards.value, next);
    if (!outcome.ok) return outcome;
    await tellNick(link, cards.value.profile, next);
    written(link);
    return ok(next);
  };

  return {
    async read() {
      const link = context.link();
      if (!link) return failed('not-online');
      const cards = await readCards(link);
      return cards.ok ? ok(cards.value.profile) : cards;
    },
    save: (base, next) => inTurn(() => save(base, next)),
  };
};
