import { computed, ref, watch, type ComputedRef } from 'vue';
import { directionOf } from '../../../src-shared/i18n';
import { useApp } from '../../stores/app';

const pixels = ref(0);
let listening = false;

/** How much fits in the window, measured in text: at 200 % text a window holds half as many rem. */
export const useWidth = (): {
  readonly rem: ComputedRef<number>;
  /** One pane at a time. */
  readonly narrow: ComputedRef<boolean>;
  /** A name has hardly room beside a few buttons. */
  readonly tiny: ComputedRef<boolean>;
  /** The details lie over the conversation. */
  readonly medium: ComputedRef<boolean>;
} => {
  const app = useApp();
  const measure = (): void => {
    pixels.value = window.innerWidth;
  };
  if (!listening) {
    listening = true;
    window.addEventListener('resize', measure);
    measure();
  }
  const rem = computed(() => pixels.value / ((app.settings.textSize / 100) * 16));
  const below = (limit: number): ComputedRef<boolean> => computed(() => rem.value < limit);
  return { rem, narrow: below(40), tiny: below(16), medium: below(62) };
};

/** Whether the window shows one pane at a time. */
export const useNarrow = (): ComputedRef<boolean> => useWidth().narrow;

/** Puts theme, density, text size, language and its direction on the page's root, and keeps them there. */
export const useAppearance = (): void => {
  const app = useApp();
  watch(
    () => [app.settings, app.locale] as const,
    ([settings, locale]) => {
      const root = document.documentElement;
      if (settings.theme === 'system') delete root.dataset['theme'];
      else root.dataset['theme'] = settings.theme;
      root.dataset['density'] = settings.density;
      root.style.fontSize = `${settings.textSize}%`;
      root.lang = locale;
      root.dir = directionOf(locale);
    },
    { immediate: true },
  );
};
