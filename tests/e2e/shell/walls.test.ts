import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/support/paths';
import type { Bridge } from '../../../src-shared/ipc/contract';
import { launchFlint, type Launched } from '../../desktop/app';
import { startDesktop, type Desktop } from '../../desktop/desktop';
import { checkWithAxe } from '../axe';
import { soon } from '../support';

/** The window as a page's script sees it. */
interface PageWindow {
  readonly api: Bridge;
}

describe("the window's walls (Electron's security checklist), in the running app", () => {
  let desktop: Desktop;
  let flint: Launched;
  let opened: string;

  beforeAll(async () => {
    desktop = await startDesktop();
    opened = join(desktop.dir, 'opened');
    flint = await launchFlint({
      desktop,
      env: { PATH: withRecorder(desktop.dir, opened) },
      // So that there is a camera and a microphone to be refused.
      args: ['--use-fake-device-for-media-stream'],
    });
    await flint.page.waitForLoadState();
  });
  afterAll(async () => {
    try {
      await checkWithAxe(flint.page);
    } finally {
      await flint.close();
      await desktop.stop();
    }
  });

  const call = (name: string, args: unknown): Promise<unknown> =>
    flint.page.evaluate(
      ([n, a]) => (globalThis as unknown as PageWindow).api.call(n as string, a),
      [name, args],
    );
  const preferences = (): Promise<Electron.WebPreferences> =>
    flint.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      type WithPreferences = { getLastWebPreferences(): Electron.WebPreferences };
      return (window?.webContents as unknown as WithPreferences).getLastWebPreferences();
    });
  const fetchInMain = (
    url: string,
    method = 'GET',
  ): Promise<{ status: number; headers: [string, string][] }> =>
    flint.app.evaluate(
      async ({ net }, [address, verb]) => {
        const answer = await net.fetch(address!, { method: verb! });
        return { status: answer.status, headers: [...answer.headers.entries()] };
      },
      [url, method],
    );
  /** Which directive of the policy what is tried offends against. */
  const violates = async (attempt: () => unknown): Promise<string> => {
    await flint.page.evaluate(() => {
      const violated = new Promise<string>((resolve) => {
        const listen = (event: SecurityPolicyViolationEvent): void => {
          resolve(event.effectiveDirective);
        };
        document.addEventListener('securitypolicyviolation', listen, { once: true });
        setTimeout(resolve, 1500, 'allowed');
      });
      // In an object, for what is handed back bare would be waited for.
      Object.assign(globalThis, { watch: { violated } });
    });
    await flint.page.evaluate(attempt);
    return flint.page.evaluate(
      () => (globalThis as unknown as { watch: { violated: Promise<string> } }).watch.violated,
    );
  };

  it('T32 (1) secure content only: the page and all its parts come from app://, and main cancels every other load', async () => {
    const addresses = await flint.page.evaluate(() => [
      location.origin,
      ...performance.getEntriesByType('resource').map((entry) => new URL(entry.name).protocol),
    ]);
    expect([...new Set(addresses)].every((one) => one.startsWith('app:'))).toBe(true);
    const cancelled = await flint.app.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false });
      const answer = await window.loadURL('http://127.0.0.1:9/').then(
        () => 'loaded',
        (error: unknown) => String(error),
      );
      window.destroy();
      return answer;
    });
    expect(cancelled).toContain('ERR_BLOCKED_BY_CLIENT');
  });

  it('T32 (2) no Node in the window, nor anything of Electron', async () => {
    const globals = await flint.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'ipcRenderer', 'electron'].filter(
        (name) => name in globalThis,
      ),
    );
    expect(globals).toEqual([]);
    expect(await preferences()).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
    });
  });

  it('T32 (3) context isolation: what the page does to built-in objects does not reach the bridge', async () => {
    expect(await preferences()).toMatchObject({ contextIsolation: true });
    const answer = await flint.page.evaluate(async () => {
      const original = Object.getOwnPropertyDescriptor(Function.prototype, 'call')!;
      Function.prototype.call = () => {
        throw new Error('seen');
      };
      try {
        return await (globalThis as unknown as PageWindow).api.call('app.state', {});
      } finally {
        Object.defineProperty(Function.prototype, 'call', original);
      }
    });
    expect(answer).toMatchObject({ ok: true });
  });

  it('T32 (4) sandbox: asked for by the window; the packaged spec sees the kernel enforce it', async () => {
    expect(await preferences()).toMatchObject({ sandbox: true });
  });

  it('T32 (5) permissions: refused, except writing to the clipboard', async () => {
    const states = await flint.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
      return Promise.all(
        names.map(
          async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
        ),
      );
    });
    expect(new Set(states)).toEqual(new Set(['denied']));
    const asked = await flint.page.evaluate(() =>
      Promise.all([
        Notification.requestPermission(),
        navigator.mediaDevices.getUserMedia({ audio: true }).then(
          () => 'granted',
          (error: unknown) => (error as Error).name,
        ),
        navigator.mediaDevices.getDisplayMedia().then(
          () => 'granted',
          () => 'refused',
        ),
        navigator.clipboard.readText().then(
          () => 'granted',
          () => 'refused',
        ),
      ]),
    );
    expect(asked).toEqual(['denied', 'NotAllowedError', 'refused', 'refused']);
  });

  it('T32 (6, 8, 9, 10) web security on; no insecure content, no experiments, no Blink switches', async () => {
    const given = await preferences();
    expect(given).toMatchObject({
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
    });
    expect(given.enableBlinkFeatures ?? '').toBe('');
  });

  it('T32 (7) a strict Content-Security-Policy comes as a header, with the other headers', async () => {
    const { status, headers } = await fetchInMain('app://flint/');
    const header = new Map(headers);
    expect(status).toBe(200);
    const policy: Readonly<Record<string, string>> = Object.fromEntries(
      (header.get('content-security-policy') ?? '').split('; ').map((part) => {
        const [name, ...values] = part.split(' ');
        return [name, values.join(' ')] as [string, string];
      }),
    );
    expect(policy).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'connect-src': "'none'",
      'object-src': "'none'",
      'frame-src': "'none'",
      'worker-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    });
    expect(JSON.stringify(policy)).not.toMatch(/unsafe|http|\*/);
    expect(header.get('x-content-type-options')).toBe('nosniff');
    expect(header.get('referrer-policy')).toBe('no-referrer');
  });

  it('T32 (7) the policy holds: no connection, no inline script, no foreign picture, no frame, no eval', async () => {
    expect(await violates(() => void fetch('https://example.org/').catch(() => 0))).toBe('connect-src');
    expect(await violates(() => void fetch('/index.html').catch(() => 0))).toBe('connect-src');
    expect(await violates(() => void new WebSocket('wss://example.org/'))).toBe('connect-src');
    expect(await violates(() => navigator.sendBeacon('https://example.org/', 'x'))).toBe('connect-src');
    expect(
      await violates(() => {
        new Image().src = 'https://example.org/a.png';
      }),
    ).toBe('img-src');
    const append = (tag: string, properties: object): Promise<string> =>
      flint.page
        .evaluate(
          ([name, values]) => {
            Object.assign(globalThis, {
              toAppend: Object.assign(document.createElement(name), values),
            });
          },
          [tag, properties] as const,
        )
        .then(() =>
          violates(() => {
            document.body.append((globalThis as unknown as { toAppend: Node }).toAppend);
          }),
        );
    expect(await append('script', { textContent: '1' })).toBe('script-src-elem');
    expect(await append('script', { src: 'https://example.org/a.js' })).toBe('script-src-elem');
    expect(await append('style', { textContent: 'p{}' })).toBe('style-src-elem');
    expect(await append('iframe', { src: 'https://example.org/' })).toBe('frame-src');
    expect(await append('object', { data: 'https://example.org/' })).toBe('object-src');
    // From a timer of the page: what Playwright runs itself is exempt.
    expect(await violates(() => setTimeout(() => Reflect.construct(Function, ['1'])))).toBe('script-src');
  });

  it('T32 (11, 12) no webview: the tag is nothing, and attaching one is refused', async () => {
    expect(await preferences()).toMatchObject({ webviewTag: false });
    expect(await flint.page.evaluate(() => 'loadURL' in document.createElement('webview'))).toBe(false);
  });

  it('T32 (13) navigation is refused, to wherever', async () => {
    const before = flint.page.url();
    for (const url of [
      'https://example.org/',
      'file:///etc/passwd',
      'app://flint/other.html',
      'app://flint/?x',
    ]) {
      await flint.page.evaluate((to) => {
        location.href = to;
      }, url);
      await flint.page.evaluate((to) => {
        const link = Object.assign(document.createElement('a'), { href: to });
        document.body.append(link);
        link.click();
        link.remove();
      }, url);
      await flint.page.waitForTimeout(100);
      expect(flint.page.url()).toBe(before);
    }
    expect(existsSync(opened)).toBe(false);
  });

  it('T23 T32 (14, 15) new windows are refused; their address leaves only through the gate for links', async () => {
    const windows = (): Promise<number> =>
      flint.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    const urls = [
      'file:///etc/passwd',
      'smb://host/share',
      'javascript:alert(1)',
      'https://user@example.org/',
      'https://example.org/from-window-open',
    ];
    for (const url of urls) {
      expect(await flint.page.evaluate((to) => window.open(to) === null, url)).toBe(true);
    }
    await soon(() => readOpened(opened)).toEqual(['https://example.org/from-window-open']);
    expect(await windows()).toBe(1);
  });

  it('T23 link.open takes the same gate', async () => {
    for (const url of [
      'file:///etc/passwd',
      'ms-msdt:/id',
      'data:text/html,x',
      'https://a b.example/',
      'x',
    ]) {
      expect(await call('link.open', { url })).toEqual({ ok: false, error: { code: 'link-refused' } });
    }
    expect(await call('link.open', { url: 'https://example.org/a?b=c#d' })).toMatchObject({ ok: true });
    await soon(() => readOpened(opened).at(-1)).toBe('https://example.org/a?b=c#d');
  });

  it('T32 (17) sender: our page in a window that is not ours is refused', async () => {
    const answer = await flint.app.evaluate(
      async ({ BrowserWindow }, preload) => {
        const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
        await stranger.loadURL('app://flint/');
        const result: unknown = await stranger.webContents.executeJavaScript("api.call('app.state', {})");
        stranger.destroy();
        return result;
      },
      join(root, 'out', 'preload', 'preload.cjs'),
    );
    expect(answer).toEqual({ ok: false, error: { code: 'forbidden' } });
  });

  it('T32 (17) sender: our window showing a page of another origin is refused', async () => {
    await flint.page.evaluate(() => {
      (globalThis as { before?: true }).before = true;
    });
    const answer = await flint.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]!.webContents;
      await contents.loadURL('data:text/html,<p>not ours');
      const result: unknown = await contents.executeJavaScript("api.call('app.state', {})");
      await contents.loadURL('app://flint/');
      return result;
    });
    expect(answer).toEqual({ ok: false, error: { code: 'forbidden' } });
    // Playwright hears of it later than main.
    const here = (): string => ('before' in globalThis ? 'the page before' : location.origin);
    await soon(() => flint.page.evaluate(here)).toBe('app://flint');
    expect(await call('app.state', {})).toMatchObject({ ok: true });
  });

  it('T32 (17) schema: what the contract does not know, or knows otherwise, is refused', async () => {
    const bad = { ok: false, error: { code: 'bad-request' } };
    expect(await call('nothing.here', {})).toEqual(bad);
    expect(await call('constructor', {})).toEqual(bad);
    expect(await call('__proto__', {})).toEqual(bad);
    expect(await call('app.state', { extra: 1 })).toEqual(bad);
    expect(await call('app.state', null)).toEqual(bad);
    expect(await call('link.open', { url: 1 })).toEqual(bad);
    expect(await call('presence.set', { account: '../x', kind: 'online', status: null })).toEqual(bad);
    expect(await call('window.subscribe', { topics: ['app', 2] })).toEqual(bad);
  });

  it('T32 (18) app:// serves the renderer and nothing outside its folder', async () => {
    const outside = [
      'app://flint/../main/main.js',
      'app://flint/%2e%2e/main/main.js',
      'app://flint/%2e%2e%2fmain%2fmain.js',
      'app://flint/..%5cmain%5cmain.js',
      'app://flint/assets/%2e%2e/%2e%2e/main/main.js',
      'app://flint//etc/passwd',
      'app://flint/%00index.html',
      'app://flint/%zz',
      'app://other/index.html',
      'app://flint/missing.js',
    ];
    for (const url of outside) expect([url, (await fetchInMain(url)).status]).toEqual([url, 404]);
    expect((await fetchInMain('app://flint/index.html', 'POST')).status).toBe(404);
    expect((await fetchInMain('app://flint/index.html')).status).toBe(200);
  });

  it('T32 (20) the page gets one object of five functions, and none of Electron', async () => {
    const shape = await flint.page.evaluate(() => {
      const { api } = globalThis as unknown as PageWindow;
      return Object.entries(api).map(([name, value]) => [name, typeof value]);
    });
    expect(shape).toEqual([
      ['call', 'function'],
      ['hasPath', 'function'],
      ['addFiles', 'function'],
      ['onBatch', 'function'],
      ['letGo', 'function'],
    ]);
  });

  it('T32 what only the dev server needs is not in the build', () => {
    const main = join(root, 'out', 'main');
    const bundle = readdirSync(main)
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(main, name), 'utf8'))
      .join('\n');
    expect(bundle).toContain('connect-src');
    expect(bundle).not.toMatch(
      /ELECTRON_RENDERER_URL|unsafe-inline|unsafe-eval|https?:\/\/localhost|ws:\/\/localhost/,
    );
  });
});

/** Stands before the system's own program that opens links, and writes down what it is given. */
function withRecorder(dir: string, file: string): string {
  const bin = join(dir, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const name of ['xdg-open', 'xdg-email', 'gio', 'gvfs-open']) {
    writeFileSync(
      join(bin, name),
      `#!/bin/sh\nfor one in "$@"; do last=$one; done\necho "$last" >> '${file}'\n`,
    );
    chmodSync(join(bin, name), 0o755);
  }
  return `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
}

const readOpened = (file: string): readonly string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
