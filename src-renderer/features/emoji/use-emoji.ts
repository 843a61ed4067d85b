import { computed, onMounted, shallowRef, watch, type ComputedRef } from 'vue';
import { useApp } from '../../stores/app';
import { recentWith, type Emoji } from './emoji-data';
import { loadEmoji } from './load-emoji';

/** All emoji in the window's language, and what the user has of them: the last used, and a skin tone. */
export const useEmoji = (): {
  readonly all: Readonly<{ value: readonly Emoji[] }>;
  readonly recent: ComputedRef<readonly string[]>;
  readonly tone: ComputedRef<number>;
  readonly use: (text: string) => void;
  readonly setTone: (tone: number) => void;
} => {
  const app = useApp();
  const all = shallowRef<readonly Emoji[]>([]);
  const load = async (): Promise<void> => {
    all.value = await loadEmoji(app.locale);
  };
  onMounted(load);
  watch(() => app.locale, load);
  return {
    all,
    recent: computed(() => app.settings.emojiRecent),
    tone: computed(() => app.settings.emojiTone),
    use: (text) => void app.change({ emojiRecent: [...recentWith(app.settings.emojiRecent, text)] }),
    setTone: (emojiTone) => void app.change({ emojiTone }),
  };
};
