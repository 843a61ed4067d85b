import { nextTick, ref, type Ref } from 'vue';
import { call } from '../../bridge/bridge';
import type { ScreenSource } from '../../../src-shared/model/screen';
import { useUi } from '../../stores/ui';

/** What was on the way out of the window, a menu say, is gone from the screen. */
const settled = async (): Promise<void> => {
  await nextTick();
  const ending = document
    .getAnimations()
    .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
    .map((one) => one.finished);
  await Promise.allSettled(ending);
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
};

/** Screens and windows to choose from, as they are before anything of that choice is shown; null: none is asked for. */
export const useScreens = (): {
  readonly sources: Ref<readonly ScreenSource[] | null>;
  readonly look: () => Promise<void>;
} => {
  const ui = useUi();
  const sources = ref<readonly ScreenSource[] | null>(null);
  return {
    sources,
    look: async () => {
      await settled();
      const answer = await call('screen.list', {});
      if (answer.ok) sources.value = answer.value;
      else ui.sayError(answer.error);
    },
  };
};
