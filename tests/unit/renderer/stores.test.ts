import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { computed, nextTick } from 'vue';
import { noMarks, type ChatMarks, type Standing } from '../../../src-shared/model/conversation';
import { noConnection } from '../../../src-shared/model/connection';
import { defaultSettings, type Settings } from '../../../src-shared/model/settings';
import { en } from '../../../src-shared/i18n/en';
import { zhCN } from '../../../src-shared/i18n/zh-CN';
import { noticeWords } from '../../../src-renderer/features/shell/notice-words';
import { useApp } from '../../../src-renderer/stores/app';
import { useBlocked } from '../../../src-renderer/stores/blocked';
import { useChats } from '../../../src-renderer/stores/chats';
import { useHistory } from '../../../src-renderer/stores/history';
import { useI18n } from '../../../src-renderer/stores/i18n';
import { useSession } from '../../../src-renderer/stores/session';
import { closeStream } from '../../../src-renderer/stores/stream';
import { useUi } from '../../../src-renderer/stores/ui';
import { accountId, appState, fakeMain, later, type FakeMain } from './fake-main';

describe('stores', () => {
  let main: FakeMain;
  beforeEach(() => {
    setActivePinia(createPinia());
    main = fakeMain();
    main.snapshot('app.state', 1, appState());
  });
  afterEach(closeStream);

  describe('app', () => {
    it('changes a setting at once; takes it back when main refuses, and says so', async () => {
      const app = useApp();
      const ui = useUi();
      await app.start();
      main.answer('settings.set', () => ({ ok: false, error: { code: 'internal' } }));
      const change = app.change({ density: 'compact' });
      expect(app.settings.density).toBe('compact');
      await change;
      expect(app.settings.density).toBe('comfortable');
      await nextTick();
      expect(ui.notice).toEqual({ key: 'settings.refused' });
    });

    it('of changes that overlap takes back the one that is refused, and no other', async () => {
      const app = useApp();
      await app.start();
      const [refusal, agreement] = [later<unknown>(), later<unknown>()];
      const asked = [refusal.promise, agreement.promise];
      main.answer('settings.set', () => asked.shift());
      const changes = [app.change({ density: 'compact' }), app.change({ textSize: 120 })];
      expect(app.settings).toMatchObject({ density: 'compact', textSize: 120 });
      // Of another window, meanwhile.
      const theirs: Settings = { ...defaultSettings, theme: 'dark' };
      main.tell(2, [{ topic: 'app', type: 'settings', settings: theirs, locale: 'en' }]);
      expect(app.settings).toMatchObject({ density: 'compact', textSize: 120, theme: 'dark' });
      refusal.resolve({ ok: false, error: { code: 'internal' } });
      await changes[0];
      expect(app.settings).toEqual({ ...theirs, textSize: 120 });
      agreement.resolve({ ok: true, value: { ...theirs, textSize: 120 } });
      await changes[1];
      expect(app.settings).toEqual({ ...theirs, textSize: 120 });
    });

    it('speaks another language as soon as main says so', async () => {
      const app = useApp();
      await app.start();
      const { t } = useI18n();
      expect(t('common.cancel')).toBe('Cancel');
      main.tell(2, [{ topic: 'app', type: 'settings', settings: defaultSettings, locale: 'zh-CN' }]);
      expect(t('common.cancel')).toBe('取消');
    });

    it('what hangs on quiet is decided anew whenever main tells of it, also with the same end', async () => {
      const app = useApp();
      await app.start();
      let decided = 0;
      const quiet = computed(() => [app.quietUntil, (decided += 1)]);
      main.tell(2, [{ topic: 'app', type: 'quiet', quietUntil: 9 }]);
      expect(quiet.value).toEqual([9, 1]);
      main.tell(3, [{ topic: 'app', type: 'quiet', quietUntil: 9 }]);
      expect(quiet.value).toEqual([9, 2]);
    });

    it('what it tells in a banner follows the language, whatever it is put together of', async () => {
      await useApp().start();
      const ui = useUi();
      const i18n = useI18n();
      const cancel = { key: 'common.cancel' } as const;
      const tells = [
        () => ui.say(cancel.key),
        () => ui.sayError({ code: 'not-online' }),
        () => ui.sayError({ code: 'no-message' }, { 'no-message': cancel.key }),
        () => ui.sayWords(() => `${i18n.t(cancel.key)}: 1`),
      ];
      const notices = tells.flatMap((tell) => {
        tell();
        return ui.notice ?? [];
      });
      const words = () => notices.map((notice) => noticeWords(notice, i18n));
      const { 'not-online': offline } = en.error;
      expect(words()).toEqual(['Cancel', offline, 'Cancel', 'Cancel: 1']);
      main.tell(2, [{ topic: 'app', type: 'settings', settings: defaultSettings, locale: 'zh-CN' }]);
      expect(words()).toEqual(['取消', zhCN.error['not-online'], '取消', '取消: 1']);
    });

    it('says what the store says in words of its own', () => {
      const { say } = useI18n();
      expect(say({ code: 'store-unavailable', params: { reason: 'full' } })).toContain('disk is full');
      expect(say({ code: 'store-unavailable' })).not.toContain('{');
    });
  });

  describe('ui', () => {
    it('a notice that only confirms what was done goes when the user goes on; any other stays until it is closed', () => {
      const ui = useUi();
      const onward = [() => ui.showChat('romeo@x'), () => ui.openSettings(), () => ui.goOn()];
      for (const go of onward) {
        ui.confirm('selection.forwarded', { names: 'Nurse' });
        expect(ui.notice).not.toBeNull();
        go();
        expect(ui.notice).toBeNull();
      }
      ui.say('link.refused');
      for (const go of onward) go();
      expect(ui.notice).toEqual({ key: 'link.refused' });
    });
  });

  describe('session', () => {
    it('is offline to others while there is no connection, whatever was chosen', async () => {
      await useApp().start();
      const session = useSession();
      expect([session.presence.kind, session.shown]).toEqual(['online', 'offline']);
      const [state] = appState().accounts;
      if (!state) throw new Error('no account');
      const connection = { ...noConnection, phase: 'online' as const };
      main.tell(2, [{ topic: 'account', type: 'account', state: { ...state, connection } }]);
      expect([session.online, session.shown]).toEqual([true, 'online']);
    });

    it('has no account once it is removed', async () => {
      await useApp().start();
      main.tell(2, [{ topic: 'account', type: 'removed', account: accountId }]);
      expect(useSession().id).toBeNull();
    });
  });

  describe('chats', () => {
    const chat = (peer: string, unread: number, at: number | null, standing: Standing = 'open') => ({
      peer,
      standing,
      unread,
      draft: '',
      last: at === null ? null : { direction: 'in' as const, text: 'x', at, delivery: null },
      marks: noMarks,
    });

    it('puts unread ones first, then the latest', async () => {
      main.snapshot('chats.list', 1, [
        chat('a@x', 0, 30),
        chat('b@x', 2, 10),
        chat('c@x', 0, 20),
        chat('d@x', 0, null),
      ]);
      const chats = useChats();
      await chats.open(accountId);
      expect(chats.sorted.map(({ peer }) => peer)).toEqual(['b@x', 'a@x', 'c@x']);
      expect(chats.unread).toBe(2);
    });

    it('puts pinned ones before all, counts nothing of what is muted, keeps what is archived apart', async () => {
      const marked = (peer: string, unread: number, at: number, marks: Partial<ChatMarks>) => ({
        ...chat(peer, unread, at),
        marks: { ...noMarks, ...marks },
      });
      main.snapshot('chats.list', 1, [
        chat('latest@x', 0, 50),
        marked('muted@x', 4, 40, { mutedUntil: 99 }),
        marked('away@x', 0, 60, { archived: true }),
        marked('hand@x', 0, 5, { unread: true }),
        marked('pinned@x', 0, 1, { pinned: true }),
        chat('unread@x', 1, 2),
      ]);
      const chats = useChats();
      await chats.open(accountId);
      const order = ['pinned@x', 'hand@x', 'unread@x', 'latest@x', 'muted@x'];
      expect(chats.sorted.map(({ peer }) => peer)).toEqual(order);
      // For going from one to the next: reading, which comes with it, moves nothing.
      const steady = ['pinned@x', 'latest@x', 'muted@x', 'hand@x', 'unread@x'];
      expect(chats.steady.map(({ peer }) => peer)).toEqual(steady);
      const read = chat('unread@x', 0, 2);
      main.tell(2, [{ topic: 'chats', type: 'chat', account: accountId, chat: read }]);
      expect(chats.steady.map(({ peer }) => peer)).toEqual(steady);
      main.tell(3, [{ topic: 'chats', type: 'chat', account: accountId, chat: chat('unread@x', 1, 2) }]);
      expect(chats.archived.map(({ peer }) => peer)).toEqual(['away@x']);
      expect(chats.unread).toBe(1);
    });

    it('T31 keeps requests of strangers apart, and counts nothing of them as unread', async () => {
      main.snapshot('chats.list', 1, [
        chat('stranger@y', 3, 30, 'request'),
        chat('old@y', 1, 20, 'ignored'),
        chat('spam@y', 1, 10, 'blocked'),
      ]);
      const chats = useChats();
      await chats.open(accountId);
      expect([chats.sorted, chats.unread]).toEqual([[], 0]);
      expect(chats.requests.map(({ peer }) => peer)).toEqual(['stranger@y']);
      main.tell(2, [
        { topic: 'chats', type: 'chat', account: accountId, chat: chat('stranger@y', 3, 30) },
        { topic: 'chats', type: 'chat-gone', account: accountId, peer: 'old@y' },
      ]);
      expect(chats.sorted.map(({ peer }) => peer)).toEqual(['stranger@y']);
      expect(chats.chat('old@y')).toBeNull();
    });
  });

  describe('blocked', () => {
    it('follows what main says, and leaves the account as it is', async () => {
      await useApp().start();
      main.snapshot('block.list', 1, ['spam@y']);
      const blocked = useBlocked();
      await blocked.open(accountId);
      expect(blocked.has('spam@y')).toBe(true);
      main.tell(2, [{ topic: 'account', type: 'blocked', account: accountId, jids: [] }]);
      expect(blocked.has('spam@y')).toBe(false);
      expect(useSession().id).toBe(accountId);
    });
  });

  describe('history', () => {
    it('shows work under way, measures again after a deletion, and lets go of how it ended', async () => {
      const history = useHistory();
      history.open(accountId);
      await useApp().start();
      main.snapshot('history.size', 1, { bytes: 10, messages: 2, chats: 1, oldest: 5 });
      await history.measure();
      const work = { kind: 'delete' as const, done: 1, total: 2, file: null, reason: null };
      const event = { topic: 'account' as const, type: 'history' as const, account: accountId };
      main.tell(2, [{ ...event, work: { ...work, state: 'running' } }]);
      expect(history.running).toBe(true);
      main.snapshot('history.size', 2, { bytes: 10, messages: 0, chats: 0, oldest: null });
      main.tell(3, [{ ...event, work: { ...work, state: 'done' } }]);
      await Promise.resolve();
      await vi.waitFor(() => expect(history.size?.messages).toBe(0));
      history.dismiss();
      expect(history.work).toBeNull();
    });
  });
});
