import { expect, it } from 'vitest';
import type { SessionContext } from '../../../src-main/session/context';
import { createKept } from '../../../src-main/session/files/kept';
import { settle } from '../../support/clock';
import { listLog, openTestStore } from '../../support/store-kit';

it('when an account goes, what is being written is waited for, and nothing is written behind it', async () => {
  const written: string[] = [];
  let ends: () => void = () => undefined;
  const pictures = {
    write: (_: string, name: string) => {
      written.push(name);
      return new Promise<void>((resolve) => (ends = resolve));
    },
  };
  const ports = { pictures, log: listLog(), random: { bytes: (count: number) => new Uint8Array(count) } };
  const store = await openTestStore();
  const kept = createKept({ account: 'a', store, ports } as unknown as SessionContext);

  const first = kept.write('a1', new Uint8Array(1));
  let closed = false;
  const closing = kept.close().then(() => (closed = true));
  await kept.write('b2', new Uint8Array(1));
  await expect.poll(() => written).toEqual(['a1']);
  await settle();
  expect(closed).toBe(false);
  ends();
  await Promise.all([first, closing]);
  expect(written).toEqual(['a1']);
});
