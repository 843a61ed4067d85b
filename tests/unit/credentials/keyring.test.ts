import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src-main/ports';
import { createKeyring, type Keytar } from '../../../src-main/credentials/keyring';
import { describeKeytarError } from '../../../src-main/credentials/keytar-errors';
import { listLog } from '../../support/store-kit';

/** Time that passes only when told. */
function handClock(): Clock & { pass(ms: number): void } {
  let time = 0;
  let timers: { at: number; run: () => void }[] = [];
  return {
    now: () => time,
    monotonic: () => time,
    after: (ms, run) => {
      const timer = { at: time + ms, run };
      timers.push(timer);
      return { cancel: () => (timers = timers.filter((other) => other !== timer)) };
    },
    pass: (ms) => {
      time += ms;
      const due = timers.filter(({ at }) => at <= time);
      timers = timers.filter(({ at }) => at > time);
      for (const { run } of due) run();
    },
  };
}

/** A keyring whose faults are in the test's hand; `fault` null behaves. */
function faultyKeytar() {
  const kept = new Map<string, string>();
  const faulty = { fault: null as (() => Promise<never>) | null, calls: 0 };
  const through = <T>(work: () => T): Promise<T> => {
    faulty.calls++;
    return faulty.fault ? faulty.fault() : Promise.resolve(work());
  };
  const keytar: Keytar = {
    getPassword: (_, account) => through(() => kept.get(account) ?? null),
    setPassword: (_, account, secret) =>
      through(() => {
        kept.set(account, secret);
      }),
    deletePassword: (_, account) => through(() => kept.delete(account)),
  };
  return { faulty, kept, load: () => Promise.resolve(keytar) };
}
const refusing = (words: string) => () => Promise.reject(new Error(words));
const turns = () => new Promise((resolve) => setImmediate(resolve));

describe('the keyring', () => {
  it('R15 never waits longer than its deadline, and drops what comes later', async () => {
    const { faulty, load } = faultyKeytar();
    const clock = handClock();
    const keyring = createKeyring({ clock, load });
    let answer: (() => void) | undefined;
    faulty.fault = () =>
      new Promise((_, reject) => {
        answer = () => {
          reject(new Error('dismissed'));
        };
      });
    const outcome = keyring.get('password:a');
    await turns();
    clock.pass(4999);
    await turns();
    expect(keyring.state()).toBe('ok');
    clock.pass(1);
    expect(await outcome).toEqual({ ok: false, state: 'slow' });
    answer?.();
    await turns();
    expect(keyring.state()).toBe('slow');
  });

  it('R15 a call that hangs takes one thread, never two', async () => {
    const { faulty, kept, load } = faultyKeytar();
    const clock = handClock();
    const keyring = createKeyring({ clock, load });
    let answer: (() => void) | undefined;
    faulty.fault = () =>
      new Promise((_, reject) => {
        answer = () => {
          reject(new Error('dismissed'));
        };
      });
    const outcomes = ['a', 'b', 'c', 'd', 'e'].map((key) => keyring.set(key, 'secret'));
    await turns();
    clock.pass(5000);
    expect(await Promise.all(outcomes)).toEqual(Array(5).fill({ ok: false, state: 'slow' }));
    expect(faulty.calls).toBe(1);
    expect(keyring.busy()).toBe(true);
    // The user has answered the prompt: it works again, and what was given up is not done after all.
    faulty.fault = null;
    answer?.();
    expect(await keyring.set('f', 'secret')).toEqual({ ok: true, value: null });
    expect([...kept.keys()]).toEqual(['f']);
    expect(keyring.busy()).toBe(false);
    expect(keyring.state()).toBe('ok');
  });

  it('R15 without libsecret is absent, in words, and nothing crashes', async () => {
    const log = listLog();
    const load = () => Promise.reject(new Error('Failed to load keytar native addon, checked []'));
    const keyring = createKeyring({ clock: handClock(), load, log });
    expect(await keyring.get('password:a')).toEqual({ ok: false, state: 'absent' });
    expect(await keyring.set('password:a', 'canary')).toEqual({ ok: false, state: 'absent' });
    expect(log.lines[0]).toContain('Failed to load keytar');
    expect(log.lines.join()).not.toContain('canary');
  });

  it('R15 tells when its state changes', async () => {
    const { faulty, load } = faultyKeytar();
    const keyring = createKeyring({ clock: handClock(), load });
    const seen: string[] = [];
    const stop = keyring.onState((state) => seen.push(state));
    await keyring.set('a', 'x');
    faulty.fault = refusing('Cannot create an item in a locked collection');
    await keyring.set('a', 'x');
    await keyring.get('a');
    faulty.fault = null;
    await keyring.get('a');
    stop();
    faulty.fault = refusing('Access denied');
    await keyring.get('a');
    expect(seen).toEqual(['locked', 'ok']);
    expect(keyring.state()).toBe('denied');
  });

  it('R15 knows what the systems’ words mean', () => {
    const states = (...words: string[]) => words.map((word) => describeKeytarError(new Error(word)).state);
    expect(
      states(
        'Cannot autolaunch D-Bus without X11 $DISPLAY',
        'Unknown or unsupported transport “disabled” for address “disabled:”',
        'The name org.freedesktop.secrets was not provided by any .service files',
        'Object does not exist at path “/org/freedesktop/secrets/collection/login”',
        'Could not connect: No such file or directory',
      ),
    ).toEqual(Array(5).fill('absent'));
    expect(
      states(
        'Cannot create an item in a locked collection',
        'The prompt was dismissed',
        'User interaction is not allowed.',
      ),
    ).toEqual(Array(3).fill('locked'));
    expect(
      states(
        'GDBus.Error:org.freedesktop.DBus.Error.AccessDenied: no',
        'User canceled the operation.',
        'What?',
      ),
    ).toEqual(Array(3).fill('denied'));
    expect(states('Timeout was reached')).toEqual(['slow']);
  });
});
