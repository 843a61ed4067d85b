import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret, type Clock, type Log, type LogFields } from '../ports';

const MAX_BYTES = 1024 * 1024;
const KEPT = 3;
/** A line is cut here: no log is worth a stanza. */
const MAX_TEXT = 2000;

export interface RotatingLog extends Log {
  /** Resolves when everything said so far is on the disk, or could not be put there. */
  flush(): Promise<void>;
}

/**
 * One JSON object a line in flint.log, older ones in flint.1.log and flint.2.log, 1 MiB each. What is marked as
 * {@link Secret} is written as "[secret]" (T25). A disk that is full stops the log, never the app.
 *
 * @param dir made when it is missing
 */
export const createLog = (dir: string, clock: Clock): RotatingLog => {
  const path = (age: number): string => join(dir, age === 0 ? 'flint.log' : `flint.${String(age)}.log`);
  let waiting: string[] = [];
  let size: number | null = null;
  let writing: Promise<void> | null = null;

  const rotate = async (): Promise<void> => {
    for (let age = KEPT - 1; age > 0; age--) await rename(path(age - 1), path(age)).catch(() => undefined);
    size = 0;
  };
  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const text = waiting.join('');
      waiting = [];
      try {
        if (size === null) {
          await mkdir(dir, { recursive: true, mode: 0o700 });
          size = (await stat(path(0)).catch(() => null))?.size ?? 0;
        }
        if (size + text.length > MAX_BYTES) await rotate();
        await appendFile(path(0), text, { mode: 0o600 });
        size += Buffer.byteLength(text);
      } catch {
        // Nowhere to say it: the log itself is what failed.
        size = null;
      }
    }
    writing = null;
  };
  const say = (level: string, event: string, fields: LogFields = {}): void => {
    const line = { at: new Date(clock.now()).toISOString(), level, event, ...redact(fields) };
    waiting.push(`${JSON.stringify(line)}\n`);
    writing ??= drain();
  };
  return {
    info: (event, fields) => {
      say('info', event, fields);
    },
    warn: (event, fields) => {
      say('warn', event, fields);
    },
    error: (event, fields) => {
      say('error', event, fields);
    },
    flush: async () => {
      while (writing) await writing;
    },
  };
};

const redact = (fields: LogFields): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (value instanceof Secret) return [name, String(value)];
      return [name, typeof value === 'string' ? value.slice(0, MAX_TEXT) : value];
    }),
  );
