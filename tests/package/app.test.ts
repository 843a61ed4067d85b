import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageApp, type PackagedApp } from '../../scripts/package/app';
import { launchFlint, type Launched } from '../desktop/app';
import { startDesktop, type Desktop } from '../desktop/desktop';
import { phaseOf, sidebar, signIn, soon } from '../e2e/support';
import { connectPeer } from '../peers/connect-peer';
import { connectServer } from '../servers/shared';

const run = promisify(execFile);

describe('the packaged app', () => {
  describe('as it is released', () => {
    let packaged: PackagedApp;
    beforeAll(async () => {
      packaged = await packageApp({ output: 'dist/test-release', targets: 'dir', inspectable: false });
    });

    it('T32 (19) its binary can do nothing but be Flint: the fuses', async () => {
      const wire = await getCurrentFuseWire(packaged.executable);
      const isOn = (option: FuseV1Options): boolean => wire[option] === FuseState.ENABLE;
      expect({
        runAsNode: isOn(FuseV1Options.RunAsNode),
        cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
        nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
        inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
        asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
        onlyAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
        v8Snapshot: isOn(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
        fileProtocol: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
      }).toEqual({
        runAsNode: false,
        cookieEncryption: true,
        nodeOptions: false,
        inspect: false,
        asarIntegrity: true,
        onlyAsar: true,
        v8Snapshot: false,
        fileProtocol: false,
      });
    });

    it('holds what was built, two native modules for this system, and nothing of how it was made', () => {
      const resources = join(packaged.dir, 'resources');
      expect(readdirSync(resources).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
      const files = listPackage(join(resources, 'app.asar'), { isPack: false });
      const modules = new Set(
        files.flatMap((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/@]+)$/.exec(file)?.[1] ?? []),
      );
      expect([...modules].sort()).toEqual([
        '@libsql/linux-x64-gnu',
        '@neon-rs/load',
        'detect-libc',
        'keytar',
        'libsql',
      ]);
      expect(files.filter((file) => file.endsWith('.node'))).toHaveLength(2);
      expect(files.filter((file) => /\.(map|ts|vue)$|\/(src|tests|scripts)\//.test(file))).toEqual([]);
      expect(files).toContain('/out/preload/preload.cjs');
      expect(existsSync(join(packaged.dir, 'LICENSE'))).toBe(true);
    });

    it('carries in its name whether it is made of the test runtime', async () => {
      const { markOf } = await import('../../scripts/package/app');
      expect(markOf({ ...packaged.runtime, kind: 'test-runtime' })).toBe('-testruntime');
      expect(markOf({ ...packaged.runtime, kind: 'official' })).toBe('');
    });
  });

  describe('for tests, with the inspector that Playwright needs', () => {
    let packaged: PackagedApp;
    let desktop: Desktop;
    let flint: Launched;
    const launch = async (userData?: string): Promise<void> => {
      flint = await launchFlint({
        desktop,
        executable: packaged.executable,
        ...(userData === undefined ? {} : { userData }),
      });
    };
    beforeAll(async () => {
      packaged = await packageApp({ output: 'dist/test', targets: 'dir', inspectable: true });
      desktop = await startDesktop();
      await launch();
    });
    afterAll(async () => {
      await flint.close();
      await desktop.stop();
    });

    it('signs in, talks, and is signed in again after a restart', async () => {
      const server = connectServer('prosody');
      const juliet = await server.newAccount('juliet');
      const romeo = await connectPeer(server, await server.newAccount('romeo'));
      try {
        expect(await flint.app.evaluate(({ app }) => app.isPackaged)).toBe(true);
        const account = await signIn(flint.page, juliet, server.wsUrl);
        await flint.page.evaluate(
          ([id, peer]) =>
            (
              globalThis as unknown as { api: { call(name: string, args: unknown): Promise<unknown> } }
            ).api.call('message.send', { account: id, peer, body: 'from the package 好' }),
          [account, romeo.bareJid] as const,
        );
        await romeo.waitForMessage(({ body }) => body === 'from the package 好');
        await desktop.tray.waitForItem();
        await soon(() => desktop.tray.tooltip()).toContain(juliet.jid);
        const { userData } = flint;
        await flint.close();
        await launch(userData);
        await sidebar(flint.page).waitFor();
        await soon(() => phaseOf(flint.page)).toBe('online');
      } finally {
        await romeo.disconnect();
      }
    });

    it('T32 (19) does not become Node, whatever its environment says', async () => {
      const again = run(packaged.executable, ['-e', 'console.log("I am Node")'], {
        env: { ...desktop.env, ELECTRON_RUN_AS_NODE: '1' },
        timeout: 10_000,
      });
      const { stdout } = await again.catch((error: unknown) => error as { readonly stdout: string });
      expect(stdout).not.toContain('I am Node');
    });
  });
});
