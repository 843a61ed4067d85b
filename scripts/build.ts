import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inModules, isMain, root } from './support/paths';
import { runNode } from './support/run';
import { hashOf, isStamped, writeStamp } from './support/stamp';

const SOURCES = [
  'src-main',
  'src-renderer',
  'src-shared',
  'assets',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.node.json',
  'tsconfig.web.json',
];

/**
 * Builds main, preload and renderer into out/ unless the sources are those that out/ was built from.
 * @returns whether out/ is good afterwards; if not, electron-vite has said why
 */
export async function build(): Promise<boolean> {
  const stampFile = join(root, 'out', '.stamp');
  const state = hashOf(SOURCES);
  if (isStamped(stampFile, state) && existsSync(join(root, 'out', 'main', 'main.js'))) return true;
  const code = await runNode(inModules('electron-vite', 'bin', 'electron-vite.js'), ['build']);
  if (code === 0) writeStamp(stampFile, state);
  return code === 0;
}

if (isMain(import.meta.url)) process.exitCode = (await build()) ? 0 : 1;
