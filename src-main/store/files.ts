/** The database's files: the only place of the store that touches the disk beside SQLite. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StoreError } from './store';

const sidecar = (file: string) => `${file}.key.json`;
const parts = (file: string) => [file, `${file}-wal`, `${file}-shm`];

interface KeyCheck {
  readonly version: 1;
  /** Hexadecimal. */
  readonly salt: string;
  /** HMAC-SHA256 under the key; the key has 256 random bits, so nothing can be guessed from it. */
  readonly check: string;
  /** Name of a damaged database, put aside, from which the fresh one has not taken yet what can be saved. */
  readonly salvage?: string;
}

/**
 * Whether there is a database. A new key may be made only when there is none (R13): a keyring that lost the key must
 * not cost the history.
 */
export function databaseExists(file: string): boolean {
  return sizeOf(file) > 0 || sizeOf(`${file}-wal`) > 0;
}

/** Bytes of the database with its side files; 0 where there is none. */
export function sizeOnDisk(file: string): number {
  return file === '' ? 0 : parts(file).reduce((sum, part) => sum + sizeOf(part), 0);
}

/** Deletes the database with its side files; those put aside as damaged too. */
export function removeDatabase(file: string): void {
  for (const part of [...parts(file), sidecar(file)]) fs.rmSync(part, { force: true });
  const folder = dirname(file);
  if (!fs.existsSync(folder)) return;
  for (const name of fs.readdirSync(folder)) {
    const ours =
      name.startsWith(`${basename(file)}.damaged-`) || name.startsWith(`${basename(file)}.key.json.`);
    if (ours) fs.rmSync(join(folder, name), { force: true });
  }
}

/**
 * Makes folder (0700) and file (0600; SQLite gives its side files the same mode), and compares the key with the
 * sidecar's check. To SQLite a wrong key and a damaged file look the same, so this comes first.
 * @returns whether the sidecar vouches for the key: else a file that cannot be read may not be called damaged
 * @throws StoreError `wrong-key` when there is a database and its sidecar says another key
 */
export function prepareFiles(file: string, key: string): { readonly vouched: boolean } {
  return onDisk(() => {
    fs.mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const known = readCheck(file);
    const exists = databaseExists(file);
    const vouched = known !== null && matches(known, key);
    if (exists && known && !vouched) throw new StoreError('wrong-key', 'the key is not that of the database');
    // Before the database, so that none is ever without its check.
    if (!exists && !vouched) writeCheck(file, key);
    fs.closeSync(fs.openSync(file, 'a', 0o600));
    fs.chmodSync(file, 0o600);
    return { vouched: vouched || !exists };
  });
}

/** Writes the key check of a database that this key opens. */
export function writeCheck(file: string, key: string, salvage?: string): void {
  const salt = randomBytes(32).toString('hex');
  const content: KeyCheck = { version: 1, salt, check: digest(salt, key), ...(salvage ? { salvage } : {}) };
  onDisk(() => {
    const draft = `${sidecar(file)}.${salt.slice(0, 8)}.new`;
    const handle = fs.openSync(draft, 'w', 0o600);
    try {
      fs.writeSync(handle, JSON.stringify(content));
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    fs.renameSync(draft, sidecar(file));
  });
}

/** A name for a database that is put aside, which none has yet. */
function nameAside(file: string, now: Date): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace(/\..*/, 'Z');
  let target = `${file}.damaged-${stamp}`;
  for (let n = 2; fs.existsSync(target); n++) target = `${file}.damaged-${stamp}-${n}`;
  return target;
}

/** The file itself last: while it lies there, the move is made again from the start. */
function moveTo(target: string, file: string): void {
  for (const part of parts(file).reverse()) {
    if (fs.existsSync(part)) fs.renameSync(part, target + part.slice(file.length));
  }
}

/** Moves a database aside whose key is lost, with its key check: should the key be found, it can be told by that. */
export function putDatabaseAside(file: string, now: Date): void {
  onDisk(() => {
    const target = nameAside(file, now);
    if (fs.existsSync(sidecar(file))) fs.renameSync(sidecar(file), sidecar(target));
    moveTo(target, file);
  });
}

/**
 * Moves a damaged database aside, whole, under the moment's name. The sidecar says so until `writeCheck`, so that
 * a power cut on the way costs nothing: `toSalvage` finds it at the next opening, and it is not moved twice.
 */
export function moveAside(file: string, key: string, now: Date): void {
  onDisk(() => {
    if (toSalvage(file) !== null) return;
    const target = nameAside(file, now);
    writeCheck(file, key, basename(target));
    moveTo(target, file);
  });
}

/** Where a damaged database lies that was put aside and not yet salvaged; null when there is none. */
export function toSalvage(file: string): string | null {
  const name = readCheck(file)?.salvage;
  const path = name === undefined ? null : join(dirname(file), basename(name));
  return path !== null && fs.existsSync(path) ? path : null;
}

function readCheck(file: string): KeyCheck | null {
  try {
    const content = JSON.parse(fs.readFileSync(sidecar(file), 'utf8')) as Partial<KeyCheck> | null;
    const whole = typeof content?.salt === 'string' && typeof content.check === 'string';
    return whole && content.version === 1 ? (content as KeyCheck) : null;
  } catch {
    // Absent or not JSON: it vouches for nothing.
    return null;
  }
}

const digest = (salt: string, key: string) =>
  createHmac('sha256', Buffer.from(key, 'hex')).update(`flint store key check ${salt}`).digest('hex');

function matches(known: KeyCheck, key: string): boolean {
  const expected = Buffer.from(digest(known.salt, key));
  const given = Buffer.from(known.check);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function sizeOf(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function onDisk<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason =
      code === 'ENOSPC' || code === 'EDQUOT'
        ? 'full'
        : code === 'EROFS' || code === 'EACCES' || code === 'EPERM'
          ? 'read-only'
          : 'io';
    throw new StoreError(reason, `${code}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
