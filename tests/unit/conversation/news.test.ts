import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick, shallowRef } from 'vue';
import { useNews } from '../../../src-renderer/features/conversation/use-news';
import type { Message } from '../../../src-shared/model/conversation';
import type { SharedFile } from '../../../src-shared/model/file';
import { fakeMain, message } from '../renderer/fake-main';

describe('what is read out of a message that comes', () => {
  beforeEach(() => {
    setActivePinia(createPinia());
    fakeMain();
  });

  const heard = async (extra: Partial<Message>): Promise<string> => {
    const shown = shallowRef({ messages: [message(1, 10)] as readonly Message[], newer: false });
    const news = useNews(
      () => shown.value,
      () => 'Romeo',
    );
    shown.value = { messages: [...shown.value.messages, message(2, 20, extra)], newer: false };
    await nextTick();
    return news.value.words;
  };

  it('is its text', async () => {
    expect(await heard({ body: 'But soft' })).toBe('Romeo: But soft');
  });

  it('of what somebody does (XEP-0245) has their name in the place of /me', async () => {
    expect(await heard({ body: '/me waves' })).toBe('* Romeo waves');
    expect(await heard({ body: '/means nothing' })).toBe('Romeo: /means nothing');
  });

  it('of a file is its name, and not the address', async () => {
    const url = 'https://upload.example.org/8f3a/window.png';
    const file = { url, name: 'window.png', type: 'image/png' } as SharedFile;
    const words = await heard({ body: url, file });
    expect(words).toContain('window.png');
    expect(words).not.toContain('https:');
  });

  it('is that one of ours was not sent, and why, once; not of one that had failed before', async () => {
    const old = message(1, 10, { direction: 'out', delivery: 'failed', body: 'Before' });
    const shown = shallowRef({
      messages: [old, message(2, 20, { direction: 'out', delivery: 'waiting', body: 'Soft' })],
      newer: false,
    });
    const news = useNews(
      () => shown.value,
      () => 'Romeo',
    );
    const turn = async (delivery: 'waiting' | 'failed'): Promise<number> => {
      const error = delivery === 'failed' ? { condition: 'item-not-found', text: null } : null;
      shown.value = {
        messages: [old, message(2, 20, { direction: 'out', delivery, body: 'Soft', error })],
        newer: false,
      };
      await nextTick();
      return news.value.key;
    };
    const before = news.value.key;
    expect(await turn('failed')).toBe(before + 1);
    expect(news.value.words).toContain('Soft');
    expect(news.value.words).not.toContain('Before');
    expect(await turn('failed')).toBe(before + 1);
    await turn('waiting');
    expect(await turn('failed')).toBe(before + 2);
  });

  it('of what is covered is the hint', async () => {
    const words = await heard({ body: 'they both die', spoiler: 'the end' });
    expect(words).toContain('the end');
    expect(words).not.toContain('die');
  });
});
