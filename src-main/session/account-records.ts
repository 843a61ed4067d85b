import * as v from 'valibot';
import { accountId, accountOptions, presenceKind, priority, status } from '../../src-shared/ipc/schemas';
import type { AccountId, AccountOptions } from '../../src-shared/model/account';
import type { OwnPresence } from '../../src-shared/model/presence';
import type { Ports } from '../ports';

const FILE = 'accounts.json';

/** What is kept of an account outside its database. No secret is in it: those are in the keyring. */
const schema = v.object({
  id: accountId,
  jid: v.string(),
  options: accountOptions,
  /** The account that the window shows; others keep their history and wait to be signed in to again. */
  active: v.boolean(),
  presence: v.object({
    kind: presenceKind,
    status,
    priority: v.optional(priority),
    until: v.optional(v.number()),
  }),
  /** The user lets PLAIN go where T27 would refuse it. */
  allowPlain: v.boolean(),
  scramSeen: v.boolean(),
  /** It has been signed in at least once: worth keeping when another account takes its place. */
  everOnline: v.boolean(),
  /** host:port → SHA-256 fingerprint that the user trusts (T29). */
  pins: v.record(v.string(), v.string()),
  /** Who this installation is to the account's server (XEP-0388 §2.3.1): a UUID, made at the first sign-in. */
  userAgent: v.optional(v.nullable(v.string()), null),
  /** XEP-0092 name and version of the server when it was last seen: not every one resumes sessions and means it (R26). */
  software: v.optional(v.nullable(v.string()), null),
});

export interface AccountRecord {
  readonly id: AccountId;
  readonly jid: string;
  readonly options: AccountOptions;
  readonly active: boolean;
  readonly presence: OwnPresence;
  readonly allowPlain: boolean;
  readonly scramSeen: boolean;
  readonly everOnline: boolean;
  readonly pins: Readonly<Record<string, string>>;
  readonly userAgent: string | null;
  readonly software: string | null;
}

export interface AccountRecords {
  load(): Promise<void>;
  active(): AccountRecord | null;
  /** The one that was shown last of those that have been signed in. */
  latest(): AccountRecord | null;
  byJid(jid: string): AccountRecord | null;
  get(id: AccountId): AccountRecord | null;
  /**
   * Puts a record; one that is active makes every other one inactive. Rejects when the file cannot be written: a change
   * then holds until the app ends, a new record does not.
   */
  put(record: AccountRecord): Promise<void>;
  remove(id: AccountId): Promise<void>;
}

const read = (text: string | null): readonly AccountRecord[] => {
  try {
    const kept: unknown = text === null ? [] : JSON.parse(text);
    if (!Array.isArray(kept)) return [];
    return kept.flatMap((entry) => {
      const parsed = v.safeParse(schema, entry);
      return parsed.success ? [parsed.output] : [];
    });
  } catch {
    return [];
  }
};

export const createAccountRecords = (files: Ports['files']): AccountRecords => {
  let records: readonly AccountRecord[] = [];
  let writing: Promise<unknown> = Promise.resolve();
  const save = (next: readonly AccountRecord[]): Promise<void> => {
    records = next;
    const written = writing.then(() => files.write(FILE, JSON.stringify(records, null, 2)));
    writing = written.catch(() => undefined);
    return written;
  };
  return {
    async load() {
      records = read(await files.read(FILE));
    },
    active: () => records.find((record) => record.active) ?? null,
    // Whichever is put stands first.
    latest: () => records.find((record) => record.everOnline) ?? null,
    byJid: (jid) => records.find((record) => record.jid === jid) ?? null,
    get: (id) => records.find((record) => record.id === id) ?? null,
    put: (record) => {
      const others = records.filter(({ id }) => id !== record.id);
      const isNew = others.length === records.length;
      const rest = others.map((other) => (record.active ? { ...other, active: false } : other));
      return save([record, ...rest]).catch((error: unknown) => {
        if (isNew) records = records.filter(({ id }) => id !== record.id);
        throw error;
      });
    },
    remove: (id) => save(records.filter((record) => record.id !== id)),
  };
};
