import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noMarks, type Conversation } from '../../../src-shared/model/conversation';
import { root } from '../../../scripts/support/paths';
import { followStatus, type Status } from '../../../src-main/desktop/status';
import { lookOf } from '../../../src-main/desktop/tray-look';
import { createTranslator } from '../../../src-shared/i18n';
import type { AccountState, AppState } from '../../../src-shared/ipc/states';
import type { AppEvent, NumberedEvent } from '../../../src-shared/ipc/events';
import { ok } from '../../../src-shared/ipc/errors';
import type { AccountId } from '../../../src-shared/model/account';
import type { HistoryWork } from '../../../src-shared/model/history';
import { noConnection, type ConnectionPhase } from '../../../src-shared/model/connection';
import { presenceKinds, type PresenceKind } from '../../../src-shared/model/presence';
import type { Room } from '../../../src-shared/model/room';
import { defaultSettings } from '../../../src-shared/model/settings';

const id = '0'.repeat(32) as AccountId;
const t = createTranslator('en');
const state = (phase: ConnectionPhase, kind: PresenceKind, canBeInvisible = false): AccountState => ({
  account: { id, jid: 'juliet@capulet.lit', options: {} as AccountState['account']['options'] },
  connection: { ...noConnection, phase, canBeInvisible },
  presence: { kind, status: null },
  absence: null,
  devices: [],
  history: 'kept',
  upload: { is: 'unknown' },
  archive: { is: 'unknown' },
});
const status = (account: AccountState | null, unread = 0): Status => ({
  locale: 'en',
  hourCycle: 'h23',
  saved: [],
  quietUntil: null,
  silentUntil: null,
  account,
  unread,
});

describe('what the tray shows', () => {
  it.each([
    ['online', 'away', 'away'],
    ['connecting', 'away', 'connecting'],
    ['waiting', 'online', 'connecting'],
    ['stopped', 'online', 'offline'],
    ['off', 'online', 'offline'],
    ['closing', 'dnd', 'offline'],
    ['online', 'offline', 'offline'],
  ] as const)('a session that is %s, with %s chosen: the picture of %s', (phase, kind, picture) => {
    const look = lookOf(status(state(phase, kind)), t, 0);
    expect(look.picture).toBe(picture);
    expect(look.presences.filter(({ ticked }) => ticked).map((one) => one.kind)).toEqual([kind]);
  });

  it('the list of the window, with Invisible only where the server can, or where it is what was chosen', () => {
    const kinds = (account: AccountState): readonly PresenceKind[] =>
      lookOf(status(account), t, 0).presences.map(({ kind }) => kind);
    expect(kinds(state('online', 'online', true))).toEqual(presenceKinds);
    expect(kinds(state('online', 'online'))).not.toContain('invisible');
    expect(kinds(state('connecting', 'invisible'))).toContain('invisible');
  });

  it('words for the account, the presence and what is unread', () => {
    expect(lookOf(status(state('online', 'dnd'), 3), t, 0).tooltip).toBe(
      'juliet@capulet.lit · Do not disturb\n3 unread messages',
    );
    expect(lookOf(status(null), t, 0)).toMatchObject({ tooltip: 'Flint · Not signed in', presences: [] });
  });

  it('quiet hours, and until when', () => {
    const end = new Date(2026, 10, 25, 7, 0).getTime();
    const look = lookOf({ ...status(state('online', 'online')), quietUntil: end }, t, 0);
    expect(look.quiet).toBe('Quiet until 07:00');
    expect(look.tooltip).toBe('juliet@capulet.lit · Online\nQuiet until 07:00');
    expect(lookOf(status(state('online', 'online')), t, 0).quiet).toBeNull();
  });

  it('whether the user has asked for quiet, as long as it lasts', () => {
    const silent = (
      until: number | null,
      at: number,
      account = state('online', 'online') as AccountState | null,
    ) => lookOf({ ...status(account), silentUntil: until }, t, at).silent;
    expect([silent(null, 0), silent(100, 99), silent(100, 100)]).toEqual([false, true, false]);
    expect(silent(100, 99, null)).toBeNull();
  });

  it('there is a drawing for everything that it can show', () => {
    for (const kind of [...presenceKinds, 'connecting']) {
      for (const unread of ['', '-unread']) {
        for (const scale of ['', '@1.25x', '@1.5x', '@2x', '@3x']) {
          for (const panel of ['light', 'dark']) {
            expect(existsSync(join(root, 'assets', 'tray', panel, `${kind}${unread}${scale}.png`))).toBe(
              true,
            );
          }
        }
        const template = join(root, 'assets', 'tray', 'template', `${kind}${unread}Template@2x.png`);
        expect(existsSync(template)).toBe(true);
      }
    }
  });
});

describe('following the session', () => {
  const chat = (peer: string, unread: number) => ({
    peer,
    standing: 'open' as const,
    unread,
    draft: '',
    last: null,
    marks: noMarks,
  });
  const room = (jid: string, membersOnly: boolean) => ({ jid, membersOnly, open: true }) as Room;
  const start = async (
    accounts: readonly AccountState[],
    chats: Conversation[],
    rooms: readonly Room[] = [],
  ) => {
    let listener: (event: NumberedEvent) => void = () => undefined;
    const seen: Status[] = [];
    await followStatus(
      {
        state: () =>
          Promise.resolve(
            ok({
              change: 5,
              value: { locale: 'en', settings: defaultSettings, accounts } as unknown as AppState,
            }),
          ),
        chats: () => Promise.resolve(ok({ change: 5, value: chats })),
        rooms: () => Promise.resolve(ok({ change: 5, value: { rooms } })),
        listen: (run) => (listener = run),
      },
      (now) => seen.push(now),
    );
    const tell = (change: number, event: AppEvent): void => {
      listener({ change, event });
    };
    /** What was asked has been answered: the answers are at hand, and read in the same turn. */
    const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    return { tell, settled, last: () => seen.at(-1) };
  };

  it('counts on while the history is worked on, and reads nothing again for that', async () => {
    const chats = [chat('a', 2), chat('b', 3)];
    const { tell, settled, last } = await start([state('online', 'online')], chats);
    chats.length = 0;
    tell(6, { topic: 'account', type: 'history', account: id, work: {} as HistoryWork });
    tell(7, { topic: 'account', type: 'blocked', account: id, jids: [] });
    await settled();
    expect(last()?.unread).toBe(5);
    tell(8, { topic: 'chats', type: 'chat-gone', account: id, peer: 'b' });
    expect(last()?.unread).toBe(2);
    tell(9, { topic: 'account', type: 'history-anew', account: id });
    await settled();
    expect(last()?.unread).toBe(0);
  });

  it('leaves out what is muted', async () => {
    const muted = { ...chat('b', 1), marks: { ...noMarks, mutedUntil: 9 } };
    const { last } = await start([state('online', 'online')], [chat('a', 2), muted]);
    expect(last()).toMatchObject({ unread: 2 });
  });

  it('counts of a channel what names us, of a group and of what is no room all', async () => {
    const { tell, last } = await start(
      [state('online', 'online')],
      [{ ...chat('channel', 7), mentions: 1 }, chat('group', 20), chat('a', 300)],
      [room('channel', false), room('group', true)],
    );
    expect(last()?.unread).toBe(321);
    tell(6, { topic: 'rooms', type: 'room', account: id, room: room('group', false) });
    expect(last()?.unread).toBe(301);
    tell(7, { topic: 'rooms', type: 'room-gone', account: id, jid: 'group' });
    expect(last()?.unread).toBe(321);
    const marks = { ...noMarks, rule: 'all' } as const;
    tell(8, { topic: 'chats', type: 'chat', account: id, chat: { ...chat('channel', 7), marks } });
    expect(last()?.unread).toBe(327);
    const settings = { ...defaultSettings, roomRules: { group: 'mentions', channel: 'none' } } as const;
    tell(9, { topic: 'app', type: 'settings', settings, locale: 'en' });
    tell(10, { topic: 'rooms', type: 'room', account: id, room: room('group', true) });
    expect(last()?.unread).toBe(307);
  });

  it('sums what is unread, and follows each conversation', async () => {
    const { tell, last } = await start([state('online', 'online')], [chat('a', 2), chat('b', 1)]);
    expect(last()).toMatchObject({ unread: 3, account: { presence: { kind: 'online' } } });
    tell(6, { topic: 'chats', type: 'chat', account: id, chat: chat('a', 0) });
    tell(7, { topic: 'chats', type: 'chat', account: id, chat: chat('c', 4) });
    expect(last()?.unread).toBe(5);
    // Older than what is known: it came late.
    tell(4, { topic: 'chats', type: 'chat', account: id, chat: chat('c', 9) });
    expect(last()?.unread).toBe(5);
  });

  it('reads an account anew whose history is another one, and keeps it signed in', async () => {
    const chats = [chat('a', 2), chat('channel', 7)];
    const rooms = [room('channel', true)];
    const { tell, last, settled } = await start([state('online', 'online')], chats, rooms);
    expect(last()?.unread).toBe(9);
    chats.splice(0, 2, chat('b', 1));
    tell(5, { topic: 'account', type: 'history-anew', account: id });
    await settled();
    expect(last()).toMatchObject({ account: { account: { id } }, unread: 1 });
    // An answer from before says nothing of the history that is there now.
    tell(6, { topic: 'account', type: 'history-anew', account: id });
    await settled();
    expect(last()?.unread).toBe(0);
  });

  it('follows accounts that come, change and go', async () => {
    const { tell, last } = await start([], []);
    expect(last()).toMatchObject({ account: null, unread: 0 });
    tell(6, { topic: 'account', type: 'account', state: state('connecting', 'online') });
    tell(7, { topic: 'chats', type: 'chat', account: id, chat: chat('a', 1) });
    tell(8, { topic: 'account', type: 'account', state: state('online', 'away') });
    expect(last()).toMatchObject({ account: { presence: { kind: 'away' } }, unread: 1 });
    tell(9, { topic: 'account', type: 'removed', account: id });
    expect(last()).toMatchObject({ account: null, unread: 0 });
  });
});
