import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startBus } from '../../desktop/bus';
import { startKeyring, type KeyringState as DaemonState } from '../../desktop/keyring';
import type { KeyringCall } from './keyring-child';

const script = fileURLToPath(new URL('keyring-child.ts', import.meta.url));

/** A private session bus with a real gnome-keyring, and our adapter on it. */
async function start(state: DaemonState) {
  const folder = mkdtempSync(join(tmpdir(), 'flint-keyring-'));
  const bus = await startBus(folder, false);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    XDG_DATA_HOME: join(folder, 'data'),
    DBUS_SESSION_BUS_ADDRESS: bus.address,
  };
  const daemon = await startKeyring(bus, env, state);
  const child = fork(script, { env, execArgv: ['--import', 'tsx'] });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await daemon.kill();
    await bus.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { daemon, folder, call: caller(child) };
}

const caller =
  (child: ChildProcess) =>
  async (name: KeyringCall['name'], ...args: KeyringCall['args']): Promise<unknown> => {
    const answered = once(child, 'message');
    child.send({ name, args });
    return ((await answered) as [{ outcome: unknown }])[0].outcome;
  };

const kept = { ok: true, value: null };
const refused = (state: string) => ({ ok: false, state });

describe('a real keyring', () => {
  it('R15 gives back every password exactly as it was typed, and forgets it', async () => {
    const { call, folder } = await start('unlocked');
    const passwords = [
      'correct horse battery staple',
      '0123',
      '\\0123',
      '"\'`$(x)\\n',
      ' spaces ',
      '<&>]]>',
      'пароль',
      '密码🔑',
      'x'.repeat(4096),
    ];
    for (const password of passwords) {
      expect(await call('set', 'password:a', password)).toEqual(kept);
      expect(await call('get', 'password:a')).toEqual({ ok: true, value: password });
    }
    expect(await call('get', 'password:b')).toEqual(kept);
    expect(await call('delete', 'password:b')).toEqual(kept);
    expect(await call('delete', 'password:a')).toEqual(kept);
    expect(await call('get', 'password:a')).toEqual(kept);
    // What the daemon writes is encrypted.
    await call('set', 'password:a', 'canary-password-4711');
    for (const name of readdirSync(join(folder, 'data'), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.keyring')) continue;
      expect(readFileSync(join(folder, 'data', name), 'latin1')).not.toContain('canary');
    }
  });

  it('R15 that is locked says so, and is never taken for an empty one', async () => {
    const { call, daemon } = await start('unlocked');
    await call('set', 'password:a', 'secret');
    await daemon.lock();
    expect(await call('get', 'password:a')).toEqual(refused('locked'));
    expect(await call('get', 'store-key:a')).toEqual(refused('locked'));
    expect(await call('set', 'password:a', 'other')).toEqual(refused('locked'));
    expect(await call('delete', 'password:a')).toEqual(refused('locked'));
    await daemon.unlock();
    expect(await call('get', 'password:a')).toEqual({ ok: true, value: 'secret' });
    expect(await daemon.secrets()).toMatchObject([
      { attributes: { service: 'Flint', account: 'password:a' }, secret: 'secret' },
    ]);
  });

  it('R15 whose prompt nobody answers is slow, and works again once it is open', async () => {
    const { call, daemon } = await start('unlocked');
    await call('set', 'password:a', 'secret');
    await daemon.lock();
    await daemon.setPrompt('hang');
    expect(await call('get', 'password:a')).toEqual(refused('slow'));
    await daemon.setPrompt('refuse');
    await daemon.unlock();
    await expect.poll(() => call('get', 'password:a')).toEqual({ ok: true, value: 'secret' });
  });

  it('R15 that is not there, or goes away, is absent', async () => {
    const none = await start('none');
    expect(await none.call('get', 'password:a')).toEqual(refused('absent'));
    expect(await none.call('set', 'password:a', 'secret')).toEqual(refused('absent'));
    const { call, daemon } = await start('unlocked');
    await call('set', 'password:a', 'secret');
    await daemon.kill();
    expect(await call('get', 'password:a')).toEqual(refused('absent'));
  });
});
