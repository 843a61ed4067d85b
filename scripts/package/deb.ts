import { createRequire } from 'node:module';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureApt } from '../setup/apt';
import { root } from '../support/paths';
import { markOf, type PackagedApp } from './app';

/** The part of electron-installer-debian's options that is used here. */
interface DebOptions {
  readonly src: string;
  readonly dest: string;
  readonly rename: (dest: string, src: string) => string;
  readonly arch: string;
  readonly name: string;
  readonly bin: string;
  readonly productName: string;
  readonly genericName: string;
  readonly section: string;
  readonly categories: readonly string[];
  readonly mimeType: readonly string[];
  readonly depends: readonly string[];
  readonly icon: Readonly<Record<string, string>>;
  readonly desktopTemplate: string;
  readonly compression: 'xz' | 'zstd';
  readonly maintainer: string;
  readonly homepage: string;
  readonly description: string;
  readonly version: string;
}
interface Manifest {
  readonly version: string;
  readonly description: string;
  readonly homepage: string;
  readonly author: { readonly name: string; readonly email: string };
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Makes a .deb of the unpacked app: /usr/lib/flint, /usr/bin/flint, a menu entry that also opens xmpp: links.
 *
 * @param compression xz is smaller, zstd ten times faster (Debian 12 and newer read it)
 * @returns its path
 */
export async function packageDeb(
  app: PackagedApp,
  output: string,
  compression: 'xz' | 'zstd',
): Promise<string> {
  await ensureApt(['fakeroot', 'dpkg-dev']);
  // By require: the package is optional and has no types.
  const makeDeb = createRequire(import.meta.url)('electron-installer-debian') as (
    options: DebOptions,
  ) => Promise<unknown>;
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const arch = ARCHITECTURES[process.arch];
  if (arch === undefined) throw new Error(`Flint is not packaged for ${process.arch}.`);
  const dest = join(root, output);
  mkdirSync(dest, { recursive: true });
  const file = `flint_${manifest.version}_${arch}${markOf(app.runtime)}.deb`;
  // It warns, and makes folders that others cannot enter, under a stricter umask.
  const umask = process.umask(0o022);
  try {
    await makeDeb({
      src: app.dir,
      dest,
      rename: () => join(dest, file),
      arch,
      name: 'flint',
      bin: 'flint',
      productName: 'Flint',
      genericName: 'Messenger',
      section: 'net',
      categories: ['Network', 'InstantMessaging', 'Chat'],
      mimeType: ['x-scheme-handler/xmpp'],
      depends: ['libsecret-1-0'],
      icon: icons(),
      desktopTemplate: join(root, 'scripts', 'package', 'flint.desktop.ejs'),
      compression,
      maintainer: `${manifest.author.name} <${manifest.author.email}>`,
      homepage: manifest.homepage,
      description: manifest.description,
      version: manifest.version,
    });
  } finally {
    process.umask(umask);
  }
  return join(dest, file);
}

function icons(): Record<string, string> {
  const dir = join(root, 'assets', 'icons');
  return Object.fromEntries(readdirSync(dir).map((name) => [name.replace('.png', ''), join(dir, name)]));
}
