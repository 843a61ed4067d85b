import { defineStore } from 'pinia';
import { shallowReactive, shallowRef, watch } from 'vue';
import type { Message } from '../../src-shared/model/conversation';
import type { LinkPreview } from '../../src-shared/model/preview';
import { call } from '../bridge/bridge';
import { useApp } from './app';

/** More are forgotten, the oldest first: main has them still. */
const MOST = 300;

/** What stands behind links, as far as main has looked (T17). */
export const usePreviews = defineStore('previews', () => {
  const app = useApp();
  const views = shallowReactive(new Map<string, LinkPreview>());
  /** The message under which the user is asked whether to look: one at a time. */
  const asking = shallowRef<number | null>(null);
  const keyOf = (id: number, url: string): string => `${String(id)} ${url}`;

  const look = async (account: string, { id }: Pick<Message, 'id'>, url: string): Promise<void> => {
    const key = keyOf(id, url);
    const known = views.get(key);
    if (known) {
      if (known.is === 'ask') asking.value ??= id;
      return;
    }
    const [oldest] = views.keys();
    if (views.size >= MOST && oldest !== undefined) views.delete(oldest);
    views.set(key, { is: 'none' });
    const answer = await call('link.preview', { account, id, url });
    if (!answer.ok) return;
    views.set(key, answer.value);
    if (answer.value.is === 'ask') asking.value ??= id;
  };
  watch(
    () => app.agreed.linkPreviews,
    () => {
      views.clear();
      asking.value = null;
    },
  );
  return {
    asking,
    of: (id: number, url: string): LinkPreview | undefined => views.get(keyOf(id, url)),
    look,
    /** The message is out of sight: another may ask. */
    release: (id: number): void => {
      if (asking.value === id) asking.value = null;
    },
  };
});
