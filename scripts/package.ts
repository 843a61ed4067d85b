import { build } from './build';
import { canMakeDeb, packageApp, type AppOptions } from './package/app';
import { packageDeb } from './package/deb';
import { declaredElectron, readSupport, staleElectron } from './package/electron-support';
import { root } from './support/paths';

const USAGE = `usage: package [--release]
  without: the unpacked app, its tar.gz and (on Linux) a .deb of the same folder, in dist/
  --release: what electron-builder.yml lists for this system; only with the official, supported Electron`;

/** npm run package */
async function main(args: readonly string[]): Promise<number> {
  const release = args[0] === '--release';
  if (args.length > (release ? 1 : 0)) {
    console.error(USAGE);
    return 1;
  }
  const stale = staleElectron(declaredElectron(), new Date().toISOString().slice(0, 10), readSupport());
  if (stale !== null) {
    console.error(stale);
    if (release) return 1;
  }
  if (!(await build())) return 1;
  const linux = process.platform === 'linux';
  const targets: AppOptions['targets'] = release ? 'release' : linux ? 'tar.gz' : 'dir';
  const app = await packageApp({ output: 'dist', targets, inspectable: false });
  if (linux && !release) {
    if (canMakeDeb()) console.log(`\n${await packageDeb(app, 'dist', 'xz')}`);
    else console.error('No .deb: the optional npm package electron-installer-debian is not installed.');
  }
  console.log(`What was made is in ${root}/dist`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
