import * as v from 'valibot';
import type { Ports, SecretStore } from '../ports';

const FILE = 'keyring-due.json';

/**
 * A keyring in which nothing stays that was deleted: what it refuses to delete (locked, slow, away) is gone for us at once, noted
 * by its name, and deleted when the keyring answers again, or at the next start (R15).
 */
export const withDueDeletes = (
  ports: Pick<Ports, 'secrets' | 'files' | 'log'>,
): SecretStore & { load(): Promise<void> } => {
  const { secrets, files, log } = ports;
  let due: ReadonlySet<string> = new Set();
  let writing: Promise<void> = Promise.resolve();
  const note = (next: ReadonlySet<string>): void => {
    due = next;
    writing = writing
      .then(() => (due.size > 0 ? files.write(FILE, JSON.stringify([...due])) : files.remove(FILE)))
      .catch(() => {
        log.warn('keyring-due-not-kept');
      });
  };
  const clear = (key: string): void => note(new Set([...due].filter((one) => one !== key)));
  const settle = async (): Promise<void> => {
    for (const key of due) {
      // It was set again meanwhile.
      if (!due.has(key)) continue;
      if (!(await secrets.delete(key)).ok) return;
      clear(key);
    }
  };
  const settleSoon = (): void => void settle();
  secrets.onState((state) => {
    if (state === 'ok' && due.size > 0) settleSoon();
  });
  return {
    async load() {
      try {
        due = new Set(v.parse(v.array(v.string()), JSON.parse((await files.read(FILE)) ?? '[]')));
      } catch {
        due = new Set();
      }
      if (due.size > 0) settleSoon();
    },
    get: (key) => (due.has(key) ? Promise.resolve({ ok: true, value: null }) : secrets.get(key)),
    async set(key, secret) {
      const wasDue = due.has(key);
      // Before it is there: the keyring that takes it tells that it answers again, and what is due would be deleted.
      if (wasDue) clear(key);
      const outcome = await secrets.set(key, secret);
      if (wasDue && !outcome.ok) note(new Set([...due, key]));
      return outcome;
    },
    async delete(key) {
      const outcome = await secrets.delete(key);
      if (!outcome.ok) note(new Set([...due, key]));
      return outcome;
    },
    state: () => secrets.state(),
    onState: (run) => secrets.onState(run),
  };
};
