import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { call } from '../bridge/bridge';
import type { CallResult } from '../../src-shared/ipc/contract';
import type { CallError, Outcome } from '../../src-shared/ipc/errors';
import type {
  ArchivePreferences,
  FileFormat,
  HistorySize,
  HistoryWork,
} from '../../src-shared/model/history';
import { onSignal } from './stream';

/** What is kept on this computer: how much, exports, deletions; and what the server's archive keeps by itself. */
export const useHistory = defineStore('history', () => {
  let account = '';
  let unlisten: (() => void) | null = null;
  const size = shallowRef<HistorySize | null>(null);
  const error = shallowRef<CallError | null>(null);
  /** The export or deletion that is under way, or how the last one ended, until it is put away. */
  const work = shallowRef<HistoryWork | null>(null);
  const running = computed(() => work.value?.state === 'running');

  const measure = async (): Promise<void> => {
    const answer = await call('history.size', { account });
    error.value = answer.ok ? null : answer.error;
    if (answer.ok) size.value = answer.value.value;
  };
  /** What a deletion of everything older than a moment (null: everything) would take; null when it cannot be said. */
  const sizeBefore = async (before: number | null): Promise<HistorySize | null> => {
    const answer = await call('history.size', before === null ? { account } : { account, before });
    return answer.ok ? answer.value.value : null;
  };
  /** Belongs to another account from now on; null: to none. */
  const open = (id: string | null): void => {
    unlisten?.();
    account = id ?? '';
    size.value = null;
    work.value = null;
    if (!id) return;
    unlisten = onSignal((signal) => {
      if (signal.type !== 'history' || signal.account !== account) return;
      work.value = signal.work;
      if (signal.work.kind === 'delete' && signal.work.state !== 'running' && size.value) void measure();
    });
  };
  return {
    size,
    error,
    work,
    running,
    open,
    measure,
    sizeBefore,
    dismiss: (): void => {
      work.value = null;
    },
    exportTo: (peer: string | null, format: FileFormat): Promise<Outcome<CallResult<'history.export'>>> =>
      call('history.export', { account, peer, format }),
    print: (peer: string): Promise<Outcome<CallResult<'history.print'>>> =>
      call('history.print', { account, peer }),
    remove: (peer: string | null, before: number | null): Promise<Outcome<null>> =>
      call('history.delete', { account, peer, before }),
    cancel: (): Promise<Outcome<null>> => call('history.cancel', { account }),
    preferences: (): Promise<Outcome<ArchivePreferences>> => call('archive.preferences', { account }),
    setPreferences: ({ always, never, ...rest }: ArchivePreferences): Promise<Outcome<ArchivePreferences>> =>
      call('archive.setPreferences', { account, ...rest, always: [...always], never: [...never] }),
  };
});
