import { describe, expect, it } from 'vitest';
import { createAnswer, createFileAnswer } from '../../../src-main/ipc/answer-call';
import { isOurSender } from '../../../src-main/ipc/sender';
import { calls, type CallName } from '../../../src-shared/ipc/contract';
import { ok } from '../../../src-shared/ipc/errors';

const ours = { name: 'ours', mainFrame: {} };
const sent = (frame: { origin: string; parent: unknown } | null, sender = ours) => ({
  sender,
  senderFrame: frame,
});
const isOwn = (contents: { readonly name: string }): boolean => contents.name === 'ours';
const check = (event: ReturnType<typeof sent>): boolean => isOurSender(event, isOwn, 'app://flint');

describe('who may call', () => {
  it('T32 (17) the main frame of our own window with a page of our own', () => {
    expect(check(sent({ origin: 'app://flint', parent: null }))).toBe(true);
  });
  it('T32 (17) no other origin, however like ours it looks', () => {
    for (const origin of [
      'app://flint.example',
      'app://flint/',
      'app://flin',
      'null',
      'https://flint',
      'file://',
      '',
    ]) {
      expect(check(sent({ origin, parent: null }))).toBe(false);
    }
  });
  it('T32 (17) no frame inside the page, none that is gone, and no window that is not ours', () => {
    expect(check(sent({ origin: 'app://flint', parent: {} }))).toBe(false);
    expect(check(sent(null))).toBe(false);
    expect(check(sent({ origin: 'app://flint', parent: null }, { name: 'other', mainFrame: {} }))).toBe(
      false,
    );
  });
});

describe('what may be called', () => {
  const asked: unknown[] = [];
  const thrown: unknown[] = [];
  const core = {
    call: (name: CallName, args: unknown) => {
      asked.push([name, args]);
      if (name === 'settings.set') throw new Error('a bug with a canary');
      return Promise.resolve(ok(null as never));
    },
  };
  const answer = createAnswer(core, (name) => thrown.push(name));

  it('T32 (17) every call of the contract refuses arguments of another shape, and one property too many', async () => {
    for (const name of Object.keys(calls)) {
      for (const args of [null, undefined, 7, 'x', { nothing: 'known' }]) {
        expect([name, await answer(name, args)]).toEqual([
          name,
          { ok: false, error: { code: 'bad-request' } },
        ]);
      }
    }
    expect(asked).toEqual([]);
  });
  it('T32 (17) names that the contract does not have, those that every object has among them', async () => {
    for (const name of ['nothing', 'toString', '__proto__', 'constructor', '', null, 3, {}]) {
      expect(await answer(name, {})).toEqual({ ok: false, error: { code: 'bad-request' } });
    }
  });
  it('lets the rest through, and turns an error that nobody expected into a code', async () => {
    expect(await answer('app.state', {})).toEqual({ ok: true, value: null });
    expect(await answer('settings.set', { patch: {} })).toEqual({ ok: false, error: { code: 'internal' } });
    expect(thrown).toEqual(['settings.set']);
  });
  it('T32 (17) the path of a file comes from the preload script alone, never from the page', async () => {
    const args = { account: 'a'.repeat(32), peer: 'romeo@example.org', paths: ['/etc/passwd'] };
    expect(await answer('file.add', args)).toEqual({ ok: false, error: { code: 'forbidden' } });
    const files = createFileAnswer(core, () => undefined);
    expect(await files(args)).toEqual({ ok: true, value: null });
    expect(await files({ ...args, paths: [] })).toEqual({ ok: false, error: { code: 'bad-request' } });
  });
});
