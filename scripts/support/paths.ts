import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The project's root folder, absolute, whatever the working directory is. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * @param parts a path below node_modules
 * @returns its absolute path
 */
export function inModules(...parts: readonly string[]): string {
  return join(root, 'node_modules', ...parts);
}

/**
 * @param moduleUrl the asking module's import.meta.url
 * @returns whether that module is the one that Node was started with
 */
export function isMain(moduleUrl: string): boolean {
  return process.argv[1] !== undefined && pathToFileURL(process.argv[1]).href === moduleUrl;
}
