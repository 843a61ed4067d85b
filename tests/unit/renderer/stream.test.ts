import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Snapshot } from '../../../src-shared/ipc/contract';
import type { RosterState } from '../../../src-shared/ipc/states';
import type { AppEvent } from '../../../src-shared/ipc/events';
import type { Outcome } from '../../../src-shared/ipc/errors';
import { closeStream } from '../../../src-renderer/stores/stream';
import { useChats } from '../../../src-renderer/stores/chats';
import { useRoster } from '../../../src-renderer/stores/roster';
import { accountId, contact, fakeMain, later, type FakeMain } from './fake-main';

const changed = (name: string): AppEvent => ({
  topic: 'roster',
  type: 'contact',
  account: accountId,
  contact: contact(name),
});

describe('snapshot and stream', () => {
  let main: FakeMain;
  beforeEach(() => {
    setActivePinia(createPinia());
    main = fakeMain();
    main.snapshot('roster.state', 10, { contacts: [contact('Romeo')], requests: [] });
    main.snapshot('chats.list', 10, []);
  });
  afterEach(closeStream);

  it('subscribes to its topic before it asks for the snapshot, so that nothing falls between', async () => {
    await useRoster().open(accountId);
    expect(main.calls.map((call) => call.name)).toEqual(['window.subscribe', 'roster.state']);
    expect(main.calls[0]?.args).toEqual({ topics: ['roster'] });
  });

  it('applies events that are newer than the snapshot and drops those that it contains', async () => {
    const roster = useRoster();
    await roster.open(accountId);
    main.tell(10, [changed('Old')]);
    main.tell(11, [changed('Nurse')]);
    expect([...roster.contacts.values()].map((item) => item.name)).toEqual(['Romeo', 'Nurse']);
  });

  it('keeps events that come while the snapshot is under way, and applies the newer ones after it', async () => {
    const answer = later<Outcome<Snapshot<RosterState>>>();
    main.answer('roster.state', () => answer.promise);
    const roster = useRoster();
    const opened = roster.open(accountId);
    await Promise.resolve();
    await Promise.resolve();
    main.tell(9, [changed('Old')]);
    main.tell(12, [changed('Nurse')]);
    answer.resolve({
      ok: true,
      value: { change: 10, value: { contacts: [contact('Romeo')], requests: [] } },
    });
    await opened;
    expect([...roster.contacts.values()].map((item) => item.name)).toEqual(['Romeo', 'Nurse']);
  });

  it('asks all again when a batch is missing', async () => {
    const roster = useRoster();
    await Promise.all([roster.open(accountId), useChats().open(accountId)]);
    main.tell(11, [], 1);
    main.calls.length = 0;
    main.snapshot('roster.state', 20, { contacts: [contact('Nurse')], requests: [] });
    main.tell(12, [changed('Lost')], 3);
    expect(main.calls.map((call) => call.name).sort()).toEqual(['chats.list', 'roster.state']);
    await new Promise((resolve) => setTimeout(resolve));
    expect([...roster.contacts.values()].map((item) => item.name)).toEqual(['Nurse']);
  });

  it('goes on counting from a hole', async () => {
    await useRoster().open(accountId);
    main.tell(11, [], 1);
    main.tell(12, [], 3);
    main.calls.length = 0;
    main.tell(13, [], 4);
    expect(main.calls).toEqual([]);
  });

  it('shows why a snapshot could not be had, and can ask again', async () => {
    main.answer('roster.state', () => ({ ok: false, error: { code: 'store-unavailable' } }));
    const roster = useRoster();
    await roster.open(accountId);
    expect([roster.state, roster.error?.code]).toEqual(['error', 'store-unavailable']);
    main.snapshot('roster.state', 11, { contacts: [], requests: [] });
    await roster.reload();
    expect(roster.state).toBe('ready');
  });

  it('R27 asks again by itself after a while, and is then as new as it was to be', async () => {
    vi.useFakeTimers();
    try {
      main.answer('roster.state', () => ({ ok: false, error: { code: 'store-unavailable' } }));
      const roster = useRoster();
      await roster.open(accountId);
      main.tell(11, [changed('Nurse')]);
      main.snapshot('roster.state', 11, { contacts: [contact('Nurse')], requests: [] });
      await vi.advanceTimersByTimeAsync(2_100);
      main.tell(12, [changed('Friar')]);
      expect([roster.state, ...[...roster.contacts.values()].map((item) => item.name)]).toEqual([
        'ready',
        'Nurse',
        'Friar',
      ]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('passes on what is told once, typing say, whatever its number', async () => {
    const chats = useChats();
    await chats.open(accountId);
    const typing = { topic: 'chats', type: 'typing', account: accountId, peer: 'r@example.org' } as const;
    main.tell(3, [{ ...typing, state: 'composing' }]);
    expect(chats.typingOf('r@example.org')).toBe('composing');
    main.tell(3, [{ ...typing, state: null }]);
    expect(chats.typingOf('r@example.org')).toBeNull();
  });

  it('does not mix accounts', async () => {
    const roster = useRoster();
    await roster.open(accountId);
    main.tell(11, [{ ...changed('Stranger'), account: 'b'.repeat(32) } as AppEvent]);
    expect(roster.contacts.size).toBe(1);
  });
});
