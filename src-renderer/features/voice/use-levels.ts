import { ref, watch, type Ref } from 'vue';
import type { Message } from '../../../src-shared/model/conversation';
import { useFiles } from '../../stores/files';
import { barsOf, levelsOf } from './levels';

/** Of each sound once, and of no more than so many at a time. */
const known = new Map<string, Promise<readonly number[] | null>>();
const MOST_KNOWN = 500;
const BARS = 48;

/** The bars of a voice message; null as long as there are none to be drawn. */
export const useLevels = (message: () => Message, src: () => string): Ref<readonly number[] | null> => {
  const files = useFiles();
  const bars = ref<readonly number[] | null>(null);
  const read = async (id: number): Promise<readonly number[] | null> => {
    const answer = await files.sound(id);
    const levels = answer.ok && answer.value ? await levelsOf(answer.value) : null;
    return levels && barsOf(levels, BARS);
  };
  watch(
    src,
    async (now) => {
      bars.value = null;
      const [oldest] = known.keys();
      if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest);
      const work = known.get(now) ?? read(message().id);
      known.set(now, work);
      const found = await work;
      if (now === src()) bars.value = found;
    },
    { immediate: true },
  );
  return bars;
};
