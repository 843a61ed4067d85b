import type { StoreError } from '../store/store';

const reasons: Readonly<Record<string, StoreError['reason']>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  EIO: 'io',
};

/** Why a small file of the app could not be written (R12), in the words of the store; null for any other error. */
export const diskReason = (error: unknown): StoreError['reason'] | null =>
  error instanceof Error && 'code' in error ? (reasons[String(error.code)] ?? null) : null;
