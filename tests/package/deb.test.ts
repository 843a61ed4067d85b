import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageApp } from '../../scripts/package/app';
import { packageDeb } from '../../scripts/package/deb';
import { startDesktop, type Desktop } from '../desktop/desktop';
import { en, soon } from '../e2e/support';

const run = promisify(execFile);
/** Debian's user who owns nothing. */
const NOBODY = 65_534;

const isRoot = process.getuid?.() === 0;

describe.runIf(isRoot)('the Debian package, installed', () => {
  let desktop: Desktop;
  let home: string;
  let flint: ChildProcess | undefined;
  let printed = '';

  beforeAll(async () => {
    if (existsSync('/usr/bin/flint')) {
      throw new Error('Flint is installed here already, and this specification would remove it.');
    }
    const app = await packageApp({ output: 'dist/test-release', targets: 'dir', inspectable: false });
    const deb = await packageDeb(app, 'dist/test-release', 'zstd');
    await run('dpkg', ['-i', deb]);
    desktop = await startDesktop({ everyone: true });
    home = mkdtempSync(join(tmpdir(), 'flint-home-'));
    mkdirSync(join(home, 'run'), { mode: 0o700 });
    for (const dir of [home, join(home, 'run')]) chownSync(dir, NOBODY, NOBODY);
    // No --no-sandbox here, nor anything else that a menu entry would not say.
    flint = spawn('flint', [], {
      uid: NOBODY,
      gid: NOBODY,
      cwd: home,
      env: { ...environment(desktop), HOME: home, XDG_RUNTIME_DIR: join(home, 'run') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const collect = (chunk: Buffer): void => void (printed += chunk.toString());
    for (const stream of [flint.stdout, flint.stderr]) stream?.on('data', collect);
  });
  afterAll(async () => {
    if (flint?.exitCode === null) flint.kill('SIGKILL');
    await desktop.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    if (existsSync('/usr/bin/flint')) await run('dpkg', ['-r', 'flint']);
  });

  it('puts a menu entry, icons, and itself as the program for xmpp: links', () => {
    const entry = readFileSync('/usr/share/applications/flint.desktop', 'utf8');
    expect(entry).toContain('Exec=flint %U');
    expect(entry).toContain('MimeType=x-scheme-handler/xmpp;');
    expect(existsSync('/usr/share/icons/hicolor/48x48/apps/flint.png')).toBe(true);
  });

  it('starts from PATH as a plain user and comes up in the tray', async () => {
    await desktop.tray.waitForItem(60_000).catch((error: unknown) => {
      throw new Error(`no tray icon; Flint printed:\n${printed}`, { cause: error });
    });
    await soon(() => desktop.tray.tooltip()).toContain(en('tray.signedOut'));
    expect(existsSync(join(home, '.config', 'Flint', 'logs', 'flint.log'))).toBe(true);
  });

  it("T32 (4) Chromium's sandbox is on: the window's process runs under seccomp and may not gain rights", async () => {
    await soon(() => renderers().length).toBeGreaterThan(0);
    for (const { status, commandLine } of renderers()) {
      expect(commandLine).not.toContain('--no-sandbox');
      expect(status).toMatch(/^Seccomp:\s+2$/m);
      expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
      expect(status).toMatch(/^CapEff:\s+0+$/m);
    }
  });

  it('quits from its tray', async () => {
    await desktop.tray.choose(en('tray.quit'));
    await soon(() => flint?.exitCode).toBe(0);
    await desktop.tray.waitForNone();
  });

  it('is removed without a trace of the program', async () => {
    await run('dpkg', ['-r', 'flint']);
    for (const path of ['/usr/bin/flint', '/usr/lib/flint', '/usr/share/applications/flint.desktop']) {
      expect([path, existsSync(path)]).toEqual([path, false]);
    }
  });

  /** The window's processes of this user's Flint. */
  const renderers = (): readonly { readonly status: string; readonly commandLine: string }[] =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          const commandLine = readFileSync(join('/proc', pid, 'cmdline'), 'utf8').replaceAll('\0', ' ');
          const status = readFileSync(join('/proc', pid, 'status'), 'utf8');
          const ours = commandLine.includes('/usr/lib/flint/') && commandLine.includes('--type=renderer');
          return ours ? [{ status, commandLine }] : [];
        } catch {
          return []; // it has ended meanwhile
        }
      });
});

/** The desktop's environment without the folders of the one who runs the tests. */
function environment(desktop: Desktop): Record<string, string> {
  return Object.fromEntries(Object.entries(desktop.env).filter(([name]) => !/^XDG_.*_HOME$/.test(name)));
}
