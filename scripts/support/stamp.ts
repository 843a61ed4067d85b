import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths';

/**
 * @param paths files and folders below the project's root; those that do not exist count as empty
 * @param extra strings that belong to the state too (versions, flags)
 * @returns a hash that changes when any file's name or content does
 */
export function hashOf(paths: readonly string[], extra: readonly string[] = []): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) if (name !== 'node_modules') add(join(path, name));
    } else {
      hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
    }
  };
  for (const path of paths) add(path);
  for (const text of extra) hash.update(`${text}\0`);
  return hash.digest('hex');
}

/** @returns whether the stamp file holds exactly this text */
export function isStamped(file: string, text: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8') === text;
}

/** Writes the stamp file and its folder. */
export function writeStamp(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
