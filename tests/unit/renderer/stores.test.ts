import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noConnection } from '../../../src-shared/model/connection';
import { defaultSettings } from '../../../src-shared/model/settings';
import { useApp } from '../../../src-renderer/stores/app';
import { useChats } from '../../../src-renderer/stores/chats';
import { useI18n } from '../../../src-renderer/stores/i18n';
import { placeMessage, useMessages } from '../../../src-renderer/stores/messages';
import { useSession } from '../../../src-renderer/stores/session';
import { closeStream } from '../../../src-renderer/stores/stream';
import { accountId, appState, fakeMain, message, type FakeMain } from './fake-main';

const peer = 'romeo@example.org';

describe('stores', () => {
  let main: FakeMain;
  beforeEach(() => {
    setActivePinia(createPinia());
    main = fakeMain();
    main.snapshot('app.state', 1, appState());
  });
  afterEach(closeStream);

  describe('app', () => {
    it('changes a setting at once and takes it back when main refuses', async () => {
      const app = useApp();
      await app.start();
      main.answer('settings.set', () => ({ ok: false, error: { code: 'internal' } }));
      const change = app.change({ density: 'compact' });
      expect(app.settings.density).toBe('compact');
      expect(await change).toEqual({ code: 'internal' });
      expect(app.settings.density).toBe('comfortable');
    });

    it('speaks another language as soon as main says so', async () => {
      const app = useApp();
      await app.start();
      const { t } = useI18n();
      expect(t('common.cancel')).toBe('Cancel');
      main.tell(2, [{ topic: 'app', type: 'settings', settings: defaultSettings, locale: 'zh-CN' }]);
      expect(t('common.cancel')).toBe('取消');
    });

    it('says what the store says in words of its own', () => {
      const { say } = useI18n();
      expect(say({ code: 'store-unavailable', params: { reason: 'full' } })).toContain('disk is full');
      expect(say({ code: 'store-unavailable' })).not.toContain('{');
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
    it('puts unread ones first, then the latest', async () => {
      const at = (at: number) => ({ direction: 'in' as const, text: 'x', at, delivery: null });
      main.snapshot('chats.list', 1, [
        { peer: 'a@x', unread: 0, draft: '', last: at(30) },
        { peer: 'b@x', unread: 2, draft: '', last: at(10) },
        { peer: 'c@x', unread: 0, draft: '', last: at(20) },
        { peer: 'd@x', unread: 0, draft: '', last: null },
      ]);
      const chats = useChats();
      await chats.open(accountId);
      expect(chats.sorted.map((chat) => chat.peer)).toEqual(['b@x', 'a@x', 'c@x']);
      expect(chats.unread).toBe(2);
    });
  });

  describe('messages', () => {
    beforeEach(() => {
      useMessages().useAccount(accountId);
      main.snapshot('messages.page', 1, { messages: [message(2, 20), message(3, 30)], more: true });
    });

    it('opens the newest page, follows what is new, and puts older ones in front', async () => {
      const messages = useMessages();
      await messages.open(peer);
      main.tell(2, [{ topic: 'messages', type: 'message', account: accountId, message: message(4, 40) }]);
      main.snapshot('messages.page', 2, { messages: [message(1, 10)], more: false });
      await messages.loadOlder(peer);
      expect(messages.page(peer).messages.map((item) => item.id)).toEqual([1, 2, 3, 4]);
      expect(messages.page(peer).more).toBe(false);
      expect(main.calls.at(-1)?.args).toMatchObject({ before: 2 });
    });

    it('shows a sent message once, whichever comes first: the answer or the event', async () => {
      const messages = useMessages();
      await messages.open(peer);
      const sent = message(5, 50, { direction: 'out', delivery: 'waiting' });
      main.answer('message.send', () => ({ ok: true, value: sent }));
      await messages.send(peer, 'hello');
      main.tell(2, [
        { topic: 'messages', type: 'message', account: accountId, message: { ...sent, delivery: 'sent' } },
      ]);
      expect(messages.page(peer).messages.filter((item) => item.id === 5)).toMatchObject([
        { delivery: 'sent' },
      ]);
    });

    it('takes a discarded message away', async () => {
      const messages = useMessages();
      await messages.open(peer);
      main.tell(2, [{ topic: 'messages', type: 'discarded', account: accountId, peer, id: 3 }]);
      expect(messages.page(peer).messages.map((item) => item.id)).toEqual([2]);
    });

    it('keeps the last twenty conversations and lets go of the rest', async () => {
      const messages = useMessages();
      for (let index = 0; index < 22; index += 1) await messages.open(`p${String(index)}@x`);
      const topics = main.calls.findLast((call) => call.name === 'window.subscribe')?.args['topics'];
      expect(topics).toHaveLength(20);
      expect(topics).not.toContain('messages:p0@x');
    });

    it('places a late message where its time says', () => {
      const placed = placeMessage([message(1, 10), message(3, 30)], message(2, 20));
      expect(placed.map((item) => item.id)).toEqual([1, 2, 3]);
    });
  });
});
