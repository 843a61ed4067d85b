import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from '../support/paths';

const LEFT_OUT = new Set(['node_modules', 'out', 'dist', '.git', '.cache', 'coverage']);

/**
 * Copies the tree as it stands, so that a guard can be taken away without touching the real one. Packages are linked
 * one by one: tools that keep a cache in node_modules then keep it in the copy.
 *
 * @returns the copy's folder
 */
export function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'flint-teeth-'));
  cpSync(root, copy, { recursive: true, filter: (path) => !LEFT_OUT.has(relative(root, path)) });
  const modules = join(root, 'node_modules');
  mkdirSync(join(copy, 'node_modules'));
  for (const name of readdirSync(modules)) {
    if (name === '.vite') continue;
    symlinkSync(join(modules, name), join(copy, 'node_modules', name), 'junction');
  }
  return copy;
}

/** Removes what copyTree made. */
export function removeCopy(copy: string): void {
  rmSync(copy, { recursive: true, force: true, maxRetries: 3 });
}
