import { computed, ref, shallowReactive, shallowRef, type ComputedRef, type Ref } from 'vue';
import { call } from '../../bridge/bridge';
import { fold, wordsOf } from '../../components/fold';
import { haystackOf, scoreOf } from '../../components/match';
import type { CallError } from '../../../src-shared/ipc/errors';
import type { ListedRoom, RoomAbout, RoomListing, RoomService } from '../../../src-shared/model/room-list';
import { useI18n } from '../../stores/i18n';
import { localPart } from '../../stores/jid';
import { useSession } from '../../stores/session';
import { plainName } from '../../text/names';

export interface BrowseRow extends ListedRoom {
  readonly key: string;
  readonly shown: string;
}

export interface Browse {
  readonly services: Readonly<Ref<readonly RoomService[] | null>>;
  /** The service whose rooms are shown, or asked for. */
  readonly service: Readonly<Ref<string | null>>;
  readonly listing: Readonly<Ref<RoomListing | null>>;
  readonly error: Readonly<Ref<CallError | null>>;
  readonly query: Ref<string>;
  /** Those that are found, by name. */
  readonly rows: ComputedRef<readonly BrowseRow[]>;
  readonly about: (jid: string) => RoomAbout | undefined;
  /** The row is seen: what the room says of itself is asked for. */
  readonly want: (jid: string) => void;
  readonly unwant: (jid: string) => void;
  readonly start: () => Promise<void>;
  readonly list: (service: string) => Promise<void>;
}

/** Rooms that are asked at once what they are; the others wait, and those that are out of sight again are never asked. */
const atOnce = 4;

export const useBrowse = (): Browse => {
  const session = useSession();
  const { locale } = useI18n();
  const services = shallowRef<readonly RoomService[] | null>(null);
  const service = ref<string | null>(null);
  const listing = shallowRef<RoomListing | null>(null);
  const error = shallowRef<CallError | null>(null);
  const query = ref('');
  const abouts = shallowReactive(new Map<string, RoomAbout>());
  const asked = new Set<string>();
  const wanted = new Set<string>();
  let asking = 0;
  /** Counts the lists, so that an answer that comes late is dropped. */
  let turn = 0;
  const account = computed(() => session.id ?? '');

  const ask = async (jid: string): Promise<void> => {
    const answer = await call('room.about', { account: account.value, peer: jid });
    if (answer.ok) abouts.set(jid, answer.value);
    asking -= 1;
    next();
  };
  const next = (): void => {
    for (const jid of wanted) {
      if (asking >= atOnce) return;
      wanted.delete(jid);
      asked.add(jid);
      asking += 1;
      void ask(jid);
    }
  };
  const list = async (jid: string): Promise<void> => {
    const now = ++turn;
    service.value = jid;
    listing.value = null;
    error.value = null;
    const answer = await call('rooms.list', { account: account.value, service: jid });
    if (now !== turn) return;
    if (answer.ok) listing.value = answer.value;
    else error.value = answer.error;
  };
  const start = async (): Promise<void> => {
    error.value = null;
    const answer = await call('rooms.services', { account: account.value });
    if (!answer.ok) {
      error.value = answer.error;
      return;
    }
    services.value = answer.value;
    const [own] = answer.value;
    if (own) await list(own.jid);
  };

  const collator = computed(() => new Intl.Collator(locale.value, { sensitivity: 'base', numeric: true }));
  const all = computed(() =>
    (listing.value?.rooms ?? [])
      .map((room) => ({ ...room, key: room.jid, shown: plainName(room.name ?? '', localPart(room.jid)) }))
      .sort((a, b) => collator.value.compare(a.shown, b.shown)),
  );
  const rows = computed(() => {
    const words = wordsOf(query.value);
    if (words.length === 0) return all.value;
    return all.value.filter(({ jid, shown }) => {
      const said = abouts.get(jid);
      const { folded, initials } = haystackOf(`${shown} ${said?.name ?? ''}`);
      // Of whole sentences the initials would find anything.
      const rest = fold(`${localPart(jid)} ${said?.description ?? ''}`);
      return scoreOf({ folded: `${folded}\n${rest}`, initials }, words, { fuzzy: false }) > 0;
    });
  });

  return {
    services,
    service,
    listing,
    error,
    query,
    rows,
    about: (jid) => abouts.get(jid),
    want(jid) {
      if (asked.has(jid)) return;
      wanted.add(jid);
      next();
    },
    unwant: (jid) => void wanted.delete(jid),
    start,
    list,
  };
};
