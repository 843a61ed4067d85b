import { createPinia, setActivePinia } from 'pinia';
import { effectScope, ref, type ComputedRef } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PaletteSection } from '../../../src-renderer/features/palette/items';
import { usePalette } from '../../../src-renderer/features/palette/use-palette';
import { useSettingEntries } from '../../../src-renderer/features/settings/use-setting-entries';
import { useApp } from '../../../src-renderer/stores/app';
import { useChats } from '../../../src-renderer/stores/chats';
import { closeStream } from '../../../src-renderer/stores/stream';
import { useUi } from '../../../src-renderer/stores/ui';
import { defaultSettings } from '../../../src-shared/model/settings';
import { accountId, appState, fakeMain, type FakeMain } from '../renderer/fake-main';

const peer = 'romeo@example.org';

describe('what the palette offers', () => {
  let main: FakeMain;
  beforeEach(() => {
    setActivePinia(createPinia());
    main = fakeMain();
  });
  afterEach(() => {
    closeStream();
  });
  const start = async (extra: Parameters<typeof appState>[0] = {}): Promise<void> => {
    main.snapshot('app.state', 1, appState(extra));
    await useApp().start();
  };
  const offered = (sections: ComputedRef<readonly PaletteSection[]>, id: PaletteSection['id']) =>
    sections.value.find((section) => section.id === id)?.items ?? [];

  it('no setting that is not on its page: what this system or server cannot do is not found', async () => {
    await start();
    const titles = (): readonly string[] => useSettingEntries().value.map(({ title }) => title);
    expect(titles()).toContain('settings.start-hidden');
    for (const title of ['settings.flash', 'settings.password', 'settings.software'])
      expect(titles()).not.toContain(title);
    closeStream();
    setActivePinia(createPinia());
    const [account] = appState().accounts;
    if (!account) throw new Error('nobody is signed in');
    const connection = { ...account.connection, canChangePassword: true, software: 'Openfire' };
    await start({ platform: 'darwin', canFlash: true, accounts: [{ ...account, connection }] });
    expect(titles()).toEqual(
      expect.arrayContaining(['settings.flash', 'settings.password', 'settings.software']),
    );
    expect(titles()).not.toContain('settings.start-hidden');
  });

  it('presences that are saved, and for the open chat what its menus have', async () => {
    await start({
      settings: {
        ...defaultSettings,
        savedPresences: [{ kind: 'dnd', text: 'Writing', priority: null, clearAfter: 'hour' }],
      },
    });
    main.snapshot('chats.list', 1, [
      {
        peer,
        standing: 'open',
        last: null,
        draft: '',
        unread: 0,
        marks: { pinned: false, mutedUntil: null, archived: false, rule: 'default', unread: false },
      },
    ]);
    await useChats().open(accountId);
    const query = ref('');
    const scope = effectScope();
    const sections = scope.run(() => usePalette(query, () => undefined));
    if (!sections) throw new Error('the palette did not open');
    const texts = (): readonly string[] => offered(sections, 'commands').map(({ text }) => text);
    expect(texts()).toContain('Presence: Writing');
    expect(texts()).not.toContain('Pin');
    useUi().peer = peer;
    expect(texts()).toEqual(
      expect.arrayContaining([
        'Pin',
        'Mute: For 1 hour',
        'Notifications: Never',
        'Archive',
        'Open in its own window',
        'Search in this chat',
      ]),
    );
    query.value = 'mute hour';
    offered(sections, 'commands')[0]?.run();
    const marks = main.calls.find(({ name }) => name === 'chat.mark')?.args['marks'];
    expect(marks).toEqual({ mutedUntil: expect.any(Number) as number });
    scope.stop();
  });

  it('messages that tell what somebody does with the name of who does it', async () => {
    await start();
    const found = {
      message: { id: 1, peer, direction: 'in', at: 1 },
      snippet: { text: '/me waves', marks: [] },
    };
    main.snapshot('history.search', 1, { hits: [found], more: false });
    const query = ref('');
    const scope = effectScope();
    const sections = scope.run(() => usePalette(query, () => undefined));
    if (!sections) throw new Error('the palette did not open');
    query.value = 'waves';
    await vi.waitFor(() => {
      expect(offered(sections, 'messages')[0]?.text).toBe('* romeo waves');
    });
    scope.stop();
  });
});
