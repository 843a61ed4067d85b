import type { AccountState } from '../../src-shared/ipc/states';
import type { HistoryRefusal } from '../../src-shared/model/account';
import { noConnection, type Connection } from '../../src-shared/model/connection';
import type { StoreError } from '../store/store';
import type { AccountRecord } from './account-records';
import type { Refusal } from './until-open';

/** The words for why a history is not open. */
const refusedAs = (reason: StoreError['reason']): HistoryRefusal =>
  reason === 'full' || reason === 'read-only' ? reason : 'io';
const waitsForKey = (reason: StoreError['reason']): reason is 'locked' | 'slow' =>
  reason === 'locked' || reason === 'slow';

/** Nothing is taken in that could not be kept (R12): without a history there is no connection. */
const withoutHistory = (refusal: Refusal | null, everOnline: boolean): Partial<Connection> => {
  if (refusal === null) return { phase: 'connecting' };
  const { reason, retryIn } = refusal;
  // The password is where the key is: somebody may type it (R15).
  if (waitsForKey(reason))
    return { phase: 'stopped', failure: { code: 'keyring', step: 'discover', params: { state: reason } } };
  const failure = { code: 'not-kept', step: 'discover', params: {} } as const;
  return { phase: everOnline ? 'waiting' : 'stopped', failure, retryIn };
};

/** What an account is while its history is not open: on its way, or refused. */
export const stateWithoutHistory = (
  { id, jid, options, presence, everOnline }: AccountRecord,
  refusal: Refusal | null,
): AccountState => ({
  account: { id, jid, options },
  connection: { ...noConnection, ...withoutHistory(refusal, everOnline) },
  presence,
  absence: null,
  devices: [],
  history: refusal === null || waitsForKey(refusal.reason) ? 'kept' : refusedAs(refusal.reason),
  archive: { is: 'unknown' },
  upload: { is: 'unknown' },
});
