// The first step of every npm script: node scripts/bootstrap.mjs TASK [arguments].
// Plain JavaScript on Node's own modules, because it runs before any npm package is there.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockFile = join(root, 'package-lock.json');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.flint-lock-stamp');

const [task, ...args] = process.argv.slice(2);
requireNode(20, 19);
if (!task || !/^[a-z-]+$/.test(task) || !existsSync(join(root, 'scripts', `${task}.ts`))) {
  fail(`usage: node scripts/bootstrap.mjs TASK [arguments]; there is no task "${task ?? ''}" in scripts/`);
}
installPackages();
runTask();

function fail(words) {
  console.error(words);
  process.exit(1);
}

function requireNode(major, minor) {
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  fail(
    `Flint needs Node ${major}.${minor} or newer to be built; this is Node ${process.versions.node}. ` +
      'Install a newer Node (nodejs.org, your distribution, or nvm) and run the command again.',
  );
}

/** What npm says is in node_modules, against what the lockfile asks for; optional packages may be absent. */
function modulesMatchLock() {
  const hidden = join(modules, '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const have = JSON.parse(readFileSync(hidden, 'utf8')).packages ?? {};
  const want = JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {};
  return Object.entries(want).every(
    ([path, entry]) =>
      path === '' || (have[path] ? have[path].version === entry.version : Boolean(entry.optional)),
  );
}

function installPackages() {
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return;
  if (!modulesMatchLock()) {
    console.error('Installing the npm packages …');
    const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
    // npm_execpath is set when npm started us; else npm is found on the PATH (npm.cmd wants a shell on Windows).
    const npm = process.env.npm_execpath;
    const options = { cwd: root, stdio: ['ignore', process.stderr, process.stderr] };
    const result = npm?.endsWith('.js')
      ? spawnSync(process.execPath, [npm, ...flags], options)
      : spawnSync('npm', flags, { ...options, shell: process.platform === 'win32' });
    if (result.error) fail(`npm could not be started: ${result.error.message}`);
    if (result.status !== 0) fail('npm ci failed; its words are above. Is the npm registry reachable?');
  }
  writeFileSync(stampFile, hash);
}

function runTask() {
  const script = join(root, 'scripts', `${task}.ts`);
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${task} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    for (const name of signals) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}
