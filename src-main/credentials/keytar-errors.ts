import type { KeyringState } from '../../src-shared/model/account';

export interface KeyringFailure {
  readonly state: Exclude<KeyringState, 'ok'>;
  /** For the log. */
  readonly words: string;
}

/**
 * What keytar's errors mean; they are the words of libsecret and D-Bus, of macOS and of Windows, without codes. In this
 * order: the first that fits.
 */
const meanings: readonly (readonly [RegExp, KeyringFailure['state']])[] = [
  [/failed to load keytar|cannot find (module|package)/i, 'absent'],
  [/locked|dismissed|interaction is not allowed/i, 'locked'],
  [/timeout was reached|timed out|noreply/i, 'slow'],
  [/access ?denied|denied|not permitted|cancell?ed|not correct|rejected send message/i, 'denied'],
  // No session bus, no Secret Service on it, or one without any collection.
  [/d-?bus|transport|not provided|serviceunknown|could not connect|connection|does not exist/i, 'absent'],
  [/no such (file|interface|object)|no keychain is available|not available/i, 'absent'],
];

/** Says in one of the four states why the keyring gave nothing; what is not known counts as denied. */
export function describeKeytarError(error: unknown): KeyringFailure {
  const words = error instanceof Error ? error.message : String(error);
  const state = meanings.find(([pattern]) => pattern.test(words))?.[1] ?? 'denied';
  return { state, words };
}
