import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachePath, fillOnce, withLock } from './cache';
import { run } from './run';

const LISTS = '/var/lib/apt/lists';
const LISTS_OLD_MS = 3 * 24 * 3_600_000;
const ARCHIVE_KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** Installing these would enable a server on the developer's own machine: `unpackDebs` is the way to have them. */
const NEVER_INSTALLED: ReadonlySet<string> = new Set(['prosody', 'ejabberd', 'erlang-base']);

/**
 * Installs what is missing of these Debian packages, naming it on standard output first. Names of Debian 12 are
 * understood on later releases too, where libraries carry a `t64` suffix.
 *
 * @throws Error in words for the user, when the system is not a Debian or Ubuntu or does not know a package
 */
export async function ensureApt(names: readonly string[]): Promise<void> {
  requireDebian(names);
  const forbidden = names.filter((name) => NEVER_INSTALLED.has(name));
  if (forbidden.length > 0) throw new Error(`never to be installed as packages: ${forbidden.join(', ')}`);
  if ((await missing(names)).length === 0) return;

  await withLock('apt', async () => {
    const wanted = await missing(names);
    if (wanted.length === 0) return;
    if (listsAreOld()) await update();
    let known = await resolveNames(wanted);
    if (known.unknown.length > 0) {
      await update();
      known = await resolveNames(wanted);
    }
    if (known.unknown.length > 0) throw new Error(unknownPackages(known.unknown));
    console.log(`Flint needs these Debian packages and installs them now: ${known.names.join(' ')}`);
    await install(known.names);
  });
}

/**
 * Fetches Debian packages into the cache and unpacks them into `targetDir` without installing them: no service is
 * enabled and nothing outside the folder changes. A second call with the same names does nothing.
 *
 * @param options.backports take them from this release's backports, whatever apt itself is set up to use
 * @throws Error in words for the user, when a package cannot be had
 */
export async function unpackDebs(
  names: readonly string[],
  targetDir: string,
  options: { readonly backports?: boolean } = {},
): Promise<void> {
  requireDebian(names);
  const backports = options.backports === true;
  const key = [codename(), backports ? 'backports' : 'release', ...names].join(' ');
  await fillOnce(targetDir, key, async (dir) => {
    const debs = join(dir, '.debs');
    mkdirSync(debs);
    await withLock('apt', () => download(names, debs, backports));
    for (const deb of readdirSync(debs)) await run('dpkg', ['-x', join(debs, deb), dir]);
    rmSync(debs, { recursive: true });
  });
}

/** Which of these packages are not installed under their own name or that with `t64`. */
async function missing(names: readonly string[]): Promise<string[]> {
  const asked = names.flatMap((name) => [name, `${name}t64`]);
  // dpkg-query fails when one of the names is unknown to it, and still lists the others.
  const listed = await run('sh', [
    '-c',
    `dpkg-query -W -f='\${db:Status-Abbrev}\${Package}\\n' "$@" 2>/dev/null || true`,
    'sh',
    ...asked,
  ]);
  const installed = new Set(
    listed.split('\n').flatMap((line) => (line.startsWith('ii ') ? [line.slice(3)] : [])),
  );
  return names.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));
}

/** What apt calls these packages on this release. */
async function resolveNames(wanted: readonly string[]): Promise<{ names: string[]; unknown: string[] }> {
  const policy = await run('apt-cache', ['policy', ...wanted.flatMap((name) => [name, `${name}t64`])]);
  const available = new Set<string>();
  let current = '';
  for (const line of policy.split('\n')) {
    const heading = /^(\S+):$/.exec(line);
    if (heading?.[1] !== undefined) current = heading[1];
    else if (/^ {2}Candidate: (?!\(none\))/.test(line)) available.add(current);
  }
  const names: string[] = [];
  const unknown: string[] = [];
  for (const name of wanted) {
    const found = [name, `${name}t64`].find((candidate) => available.has(candidate));
    if (found === undefined) unknown.push(name);
    else names.push(found);
  }
  return { names, unknown };
}

async function install(names: readonly string[]): Promise<void> {
  const args = ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...names];
  try {
    await aptGet(args);
  } catch (first) {
    // Lists that are older than the mirror name files that are gone from it.
    await update();
    await aptGet(args).catch((error: unknown) => {
      const by = isRoot() ? '' : 'sudo ';
      const words = error instanceof Error ? error.message : String(error);
      throw new Error(
        `Installing Debian packages failed. Try it by hand: ${by}apt-get install ${names.join(' ')}\n${words}`,
        { cause: first },
      );
    });
  }
}

/** Refreshes the lists; a source of the user's own that fails does not matter here. */
async function update(): Promise<void> {
  console.log('Refreshing the list of Debian packages (apt-get update)');
  await aptGet(['update', '-qq']).catch((error: unknown) => {
    console.warn(error instanceof Error ? error.message : String(error));
  });
}

function aptGet(args: readonly string[]): Promise<string> {
  const environment = 'DEBIAN_FRONTEND=noninteractive';
  return isRoot()
    ? run('env', [environment, 'apt-get', ...args])
    : run('sudo', ['env', environment, 'apt-get', ...args]);
}

async function download(names: readonly string[], debs: string, backports: boolean): Promise<void> {
  console.log(`Fetching Debian packages into the cache: ${names.join(' ')}`);
  const options = backports ? await backportsOptions() : [];
  const fetch = (): Promise<string> =>
    run('apt-get', [...options, '-q', 'download', ...names], { cwd: debs });
  const refresh = backports
    ? run('apt-get', [...options, 'update', '-qq'])
    : listsAreOld()
      ? update()
      : undefined;
  await refresh;
  try {
    await fetch();
  } catch {
    if (!backports) await update();
    await fetch().catch((error: unknown) => {
      const words = error instanceof Error ? error.message : String(error);
      throw new Error(`These Debian packages cannot be fetched: ${names.join(', ')}.\n${words}`);
    });
  }
}

/** apt with sources, lists and cache of its own, on the mirror that this machine uses for Debian itself. */
async function backportsOptions(): Promise<string[]> {
  const release = codename();
  const targets = await run('apt-get', ['indextargets', '--format', '$(RELEASE) $(COMPONENT) $(SITE)']);
  const site = targets
    .split('\n')
    .map((line) => line.split(' '))
    .find(([from, component]) => from === release && component === 'main')?.[2];
  if (site === undefined)
    throw new Error(`apt names no mirror for ${release}, so its backports cannot be found.`);
  const own = cachePath('apt-backports');
  for (const folder of ['lists/partial', 'archives/partial'])
    mkdirSync(join(own, folder), { recursive: true });
  const signed = existsSync(ARCHIVE_KEYRING) ? `[signed-by=${ARCHIVE_KEYRING}] ` : '';
  writeFileSync(join(own, 'sources.list'), `deb ${signed}${site} ${release}-backports main\n`);
  return [
    `Dir::Etc::sourcelist=${join(own, 'sources.list')}`,
    'Dir::Etc::sourceparts=/dev/null',
    'Dir::Etc::preferences=/dev/null',
    'Dir::Etc::preferencesparts=/dev/null',
    `Dir::State::Lists=${join(own, 'lists')}`,
    `Dir::Cache=${own}`,
    `Dir::Cache::Archives=${join(own, 'archives')}`,
  ].flatMap((option) => ['-o', option]);
}

function listsAreOld(): boolean {
  try {
    const lists = readdirSync(LISTS).filter((name) => name.includes('_Packages'));
    const newest = Math.max(
      0,
      statSync(LISTS).mtimeMs,
      ...lists.map((name) => statSync(join(LISTS, name)).mtimeMs),
    );
    return lists.length === 0 || Date.now() - newest > LISTS_OLD_MS;
  } catch {
    return true;
  }
}

function codename(): string {
  return /^VERSION_CODENAME=(.*)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown';
}

function requireDebian(names: readonly string[]): void {
  if (process.platform === 'linux' && existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg')) return;
  throw new Error(
    `This system has no apt. Flint's tests and demo need what Debian 12 calls: ${names.join(', ')}. ` +
      'Install the same things with the tools of this system, or run it on Debian 12.',
  );
}

function unknownPackages(names: readonly string[]): string {
  return (
    `This release (${codename()}) does not know these packages under the names of Debian 12: ${names.join(', ')}. ` +
    'Install what it has in their place and start again; Flint is proven on Debian 12.'
  );
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
