import { beforeEach, describe, expect, it } from 'vitest';
import { createWatches, type Watches } from '../../../src-main/session/watches';
import type { Store } from '../../../src-main/store/store';
import { openTestStore } from '../../support/store-kit';

const maya = 'maya@example.org';

describe('tell me when online', () => {
  let store: Store;
  const run = async (): Promise<Watches> => {
    const watches = createWatches({ store });
    await watches.load();
    return watches;
  };
  beforeEach(async () => {
    store = await openTestStore();
  });

  it('outlives the run, and is gone once it is taken back', async () => {
    const first = await run();
    await first.set(maya, true);
    await first.set(maya, true);
    await first.set('ada@example.org', true);
    const second = await run();
    expect([second.has(maya), second.has('ada@example.org')]).toEqual([true, true]);
    await second.set(maya, false);
    await second.set('ada@example.org', false);
    expect(await store.setting('watches')).toBeNull();
    expect((await run()).has(maya)).toBe(false);
  });

  it.each(['{', '{"a":1}', '[1,null]'])('nonsense on the disk is left alone: %s', async (text) => {
    await store.putSetting('watches', text);
    expect((await run()).has('1')).toBe(false);
  });
});
