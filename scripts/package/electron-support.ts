import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/paths';

/** docs/electron-support.json: until when each major version of Electron gets security fixes, and who says so. */
export interface ElectronSupport {
  /** The day on which the dates were last looked up, YYYY-MM-DD. */
  readonly checked: string;
  readonly source: string;
  /** Major version → last day of support, YYYY-MM-DD. */
  readonly end: Readonly<Record<string, string>>;
}

/**
 * Whether a release may be made with this Electron (T24).
 *
 * @param version the declared one
 * @param today YYYY-MM-DD
 * @returns null, or in words why not
 */
export const staleElectron = (version: string, today: string, support: ElectronSupport): string | null => {
  const major = version.split('.', 1)[0] ?? '';
  const end = support.end[major];
  if (end === undefined) {
    return `docs/electron-support.json has no date for Electron ${major}; look it up at ${support.source}`;
  }
  if (today <= end) return null;
  return `Electron ${major} has had no security fixes since ${end}; move to a supported one before releasing`;
};

export const readSupport = (): ElectronSupport =>
  JSON.parse(readFileSync(join(root, 'docs', 'electron-support.json'), 'utf8')) as ElectronSupport;

/** The version of Electron that package.json asks for. */
export const declaredElectron = (): string => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly devDependencies: { readonly electron: string };
  };
  return manifest.devDependencies.electron;
};
