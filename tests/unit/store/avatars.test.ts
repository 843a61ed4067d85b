import { describe, expect, it } from 'vitest';
import { openTestStore } from '../../support/store-kit';

const picture = (data: string) => ({ type: 'image/png', data }) as const;

describe('pictures in the store', () => {
  it('are kept once, as long as somebody has them', async () => {
    const store = await openTestStore();
    await store.putAvatar('a@x', 'h1', picture('AAAA'));
    await store.putAvatar('b@x', 'h1', null);
    await store.putAvatar('c@x', 'h2', picture('BBBB'));
    expect(await store.avatars()).toEqual([
      { jid: 'a@x', hash: 'h1' },
      { jid: 'b@x', hash: 'h1' },
      { jid: 'c@x', hash: 'h2' },
    ]);
    await store.putAvatar('a@x', 'h2', null);
    expect(await store.picture('h1')).toEqual(picture('AAAA'));
    await store.putAvatar('b@x', null, null);
    expect(await store.picture('h1')).toBeNull();
    expect(await store.picture('h2')).toEqual(picture('BBBB'));
    // The same once more changes nothing (R27).
    await store.putAvatar('c@x', 'h2', picture('BBBB'));
    await store.putAvatar('b@x', null, null);
    expect((await store.avatars()).map(({ jid }) => jid)).toEqual(['a@x', 'c@x']);
  });
});
