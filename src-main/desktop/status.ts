import type { Snapshot } from '../../src-shared/ipc/contract';
import type { AccountState, AppState } from '../../src-shared/ipc/states';
import type { AppEvent, NumberedEvent } from '../../src-shared/ipc/events';
import type { Outcome } from '../../src-shared/ipc/errors';
import type { Locale } from '../../src-shared/i18n';
import type { AccountId } from '../../src-shared/model/account';
import type { Conversation } from '../../src-shared/model/conversation';
import type { SavedPresence } from '../../src-shared/model/presence';
import { defaultSettings } from '../../src-shared/model/settings';

/** What tray, badge and menus show of the session. */
export interface Status {
  readonly locale: Locale;
  readonly saved: readonly SavedPresence[];
  /** Quiet hours are on, until then (epoch milliseconds). */
  readonly quietUntil: number | null;
  /** The first account; null while nobody has signed in. */
  readonly account: AccountState | null;
  /** Unread messages of all accounts, without those of muted conversations. */
  readonly unread: number;
}

/** The part of the core that is followed. */
export interface StatusSource {
  state(): Promise<Outcome<Snapshot<AppState>>>;
  chats(account: AccountId): Promise<Outcome<Snapshot<readonly Conversation[]>>>;
  listen(listener: (event: NumberedEvent) => void): unknown;
}

/** What is muted is not counted. */
const heard = ({ unread, marks }: Conversation): number => (marks.mutedUntil === null ? unread : 0);

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
  let app: Numbered<Pick<Status, 'locale' | 'saved'>> = {
    change: -1,
    value: { locale: 'en', saved: defaultSettings.savedPresences },
  };
  let quiet: Numbered<number | null> = { change: -1, value: null };
  const accounts = new Map<AccountId, Numbered<AccountState>>();
  const unread = new Map<string, Numbered<number>>();

  /** A snapshot can be older than an event that came while it was made. */
  const put = <K, T>(map: Map<K, Numbered<T>>, key: K, change: number, value: T): void => {
    if ((map.get(key)?.change ?? -1) <= change) map.set(key, { change, value });
  };
  const tell = (): void => {
    const [first] = accounts.values();
    const total = [...unread.values()].reduce((sum, { value }) => sum + value, 0);
    onChange({ ...app.value, quietUntil: quiet.value, account: first?.value ?? null, unread: total });
  };
  const readChats = async (account: AccountId): Promise<void> => {
    const answer = await source.chats(account);
    if (!answer.ok || !accounts.has(account)) return;
    const { change, value } = answer.value;
    for (const chat of value) put(unread, `${account} ${chat.peer}`, change, heard(chat));
    tell();
  };
  const apply = (change: number, event: AppEvent): void => {
    if (event.type === 'settings')
      app = { change, value: { locale: event.locale, saved: event.settings.savedPresences } };
    else if (event.type === 'quiet') quiet = { change, value: event.quietUntil };
    else if (event.type === 'account') {
      const { id } = event.state.account;
      const fresh = !accounts.has(id);
      put(accounts, id, change, event.state);
      if (fresh) void readChats(id);
    } else if (event.topic === 'account') {
      accounts.delete(event.account);
      for (const key of unread.keys()) if (key.startsWith(`${event.account} `)) unread.delete(key);
    } else if (event.type === 'chat') {
      put(unread, `${event.account} ${event.chat.peer}`, change, heard(event.chat));
    } else return;
    tell();
  };
  source.listen(({ change, event }) => {
    apply(change, event);
  });

  const answer = await source.state();
  if (!answer.ok) return;
  const { change, value } = answer.value;
  if (app.change <= change)
    app = { change, value: { locale: value.locale, saved: value.settings.savedPresences } };
  if (quiet.change <= change) quiet = { change, value: value.quietUntil };
  for (const state of value.accounts) put(accounts, state.account.id, change, state);
  tell();
  await Promise.all(value.accounts.map((state) => readChats(state.account.id)));
};
