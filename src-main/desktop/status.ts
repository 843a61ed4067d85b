import type { Snapshot } from '../../src-shared/ipc/contract';
import type { AccountState, AppState } from '../../src-shared/ipc/states';
import type { AppEvent, NumberedEvent } from '../../src-shared/ipc/events';
import type { Outcome } from '../../src-shared/ipc/errors';
import type { Locale } from '../../src-shared/i18n';
import type { AccountId } from '../../src-shared/model/account';
import type { Conversation } from '../../src-shared/model/conversation';
import type { HourCycle } from '../../src-shared/model/hour-cycle';
import type { SavedPresence } from '../../src-shared/model/presence';
import type { Room, RoomKind, RoomsState } from '../../src-shared/model/room';
import { asksFor, kindOfRoom, type RoomRules } from '../../src-shared/model/room-rule';
import { defaultSettings, type Settings } from '../../src-shared/model/settings';

/** What tray, badge and menus show of the session. */
export interface Status {
  readonly locale: Locale;
  readonly hourCycle: HourCycle;
  readonly saved: readonly SavedPresence[];
  /** Quiet hours are on, until then (epoch milliseconds). */
  readonly quietUntil: number | null;
  /** See Settings. */
  readonly silentUntil: number | null;
  /** The first account; null while nobody has signed in. */
  readonly account: AccountState | null;
  /** Unread messages of all accounts that ask for the user (see asksFor). */
  readonly unread: number;
}

/** The part of the core that is followed. */
export interface StatusSource {
  state(): Promise<Outcome<Snapshot<AppState>>>;
  chats(account: AccountId): Promise<Outcome<Snapshot<readonly Conversation[]>>>;
  rooms(account: AccountId): Promise<Outcome<Snapshot<Pick<RoomsState, 'rooms'>>>>;
  listen(listener: (event: NumberedEvent) => void): unknown;
}

/** What hangs on the settings. */
interface AppPart extends Pick<Status, 'locale' | 'saved' | 'silentUntil'> {
  readonly rules: RoomRules;
}
const partOf = (locale: Locale, { savedPresences, roomRules, silentUntil }: Settings): AppPart => ({
  locale,
  saved: savedPresences,
  rules: roomRules,
  silentUntil,
});

const kindOf = (room: Room | null | undefined): RoomKind | null => (room ? kindOfRoom(room) : null);

interface Numbered<T> {
  readonly change: number;
  readonly value: T;
}

/**
 * Follows the session: what is true now, and every change of it.
 *
 * @param onChange is called with the first status too
 */
export const followStatus = async (
  source: StatusSource,
  onChange: (status: Status) => void,
): Promise<void> => {
  let app: Numbered<AppPart> = { change: -1, value: partOf('en', defaultSettings) };
  let quiet: Numbered<number | null> = { change: -1, value: null };
  const accounts = new Map<AccountId, Numbered<AccountState>>();
  /** Null: it is gone. */
  const chats = new Map<string, Numbered<Conversation | null>>();
  const rooms = new Map<string, Numbered<Room | null>>();
  /** Since when an account's history is another one: what is older says nothing of it. */
  const anew = new Map<AccountId, number>();

  /** A snapshot can be older than an event that came while it was made. */
  const put = <K, T>(map: Map<K, Numbered<T>>, key: K, change: number, value: T): void => {
    if ((map.get(key)?.change ?? -1) <= change) map.set(key, { change, value });
  };
  let hourCycle: HourCycle = 'h23';
  const tell = (): void => {
    const [first] = accounts.values();
    const { locale, saved, rules, silentUntil } = app.value;
    const total = [...chats].reduce(
      (sum, [key, { value }]) =>
        value ? sum + asksFor(value, rooms.get(key)?.value ?? undefined, rules) : sum,
      0,
    );
    onChange({
      locale,
      hourCycle,
      saved,
      quietUntil: quiet.value,
      silentUntil,
      account: first?.value ?? null,
      unread: total,
    });
  };
  const readChats = async (account: AccountId): Promise<void> => {
    const [known, joined] = await Promise.all([source.chats(account), source.rooms(account)]);
    if (!known.ok || !joined.ok || !accounts.has(account)) return;
    if (Math.min(known.value.change, joined.value.change) < (anew.get(account) ?? -1)) return;
    for (const chat of known.value.value) put(chats, `${account} ${chat.peer}`, known.value.change, chat);
    for (const room of joined.value.value.rooms)
      put(rooms, `${account} ${room.jid}`, joined.value.change, room);
    tell();
  };
  const forgetChats = (account: AccountId): void => {
    for (const map of [chats, rooms])
      for (const key of map.keys()) if (key.startsWith(`${account} `)) map.delete(key);
  };
  /** Rooms tell of everybody who comes and goes. @returns whether it counts in another way now */
  const putRoom = (change: number, key: string, room: Room | null): boolean => {
    const before = kindOf(rooms.get(key)?.value);
    put(rooms, key, change, room);
    return kindOf(rooms.get(key)?.value) !== before;
  };
  const apply = (change: number, event: AppEvent): void => {
    if (event.type === 'settings') app = { change, value: partOf(event.locale, event.settings) };
    else if (event.type === 'quiet') quiet = { change, value: event.quietUntil };
    else if (event.type === 'account') {
      const { id } = event.state.account;
      const fresh = !accounts.has(id);
      put(accounts, id, change, event.state);
      if (fresh) void readChats(id);
    } else if (event.type === 'removed') {
      forgetChats(event.account);
      accounts.delete(event.account);
    } else if (event.type === 'history-anew') {
      forgetChats(event.account);
      anew.set(event.account, change);
      void readChats(event.account);
    } else if (event.type === 'chat-gone') {
      put(chats, `${event.account} ${event.peer}`, change, null);
    } else if (event.type === 'chat') {
      put(chats, `${event.account} ${event.chat.peer}`, change, event.chat);
    } else if (event.type === 'room') {
      if (!putRoom(change, `${event.account} ${event.room.jid}`, event.room)) return;
    } else if (event.type === 'room-gone') {
      if (!putRoom(change, `${event.account} ${event.jid}`, null)) return;
    } else return;
    tell();
  };
  source.listen(({ change, event }) => {
    apply(change, event);
  });

  const answer = await source.state();
  if (!answer.ok) return;
  const { change, value } = answer.value;
  hourCycle = value.hourCycle;
  if (app.change <= change) app = { change, value: partOf(value.locale, value.settings) };
  if (quiet.change <= change) quiet = { change, value: value.quietUntil };
  for (const state of value.accounts) put(accounts, state.account.id, change, state);
  tell();
  await Promise.all(value.accounts.map((state) => readChats(state.account.id)));
};
