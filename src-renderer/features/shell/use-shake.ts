import { watch } from 'vue';
import { useUi } from '../../stores/ui';

/** Longer than it moves (--t-shake). */
const SHAKE_MS = 600;

/** While a contact calls the page shakes, gently and for a moment; where nothing is to move it stands still (base.css). */
export const useShake = (): void => {
  const ui = useUi();
  watch(
    () => ui.shaking,
    (shaking) => {
      document.body.classList.toggle('shaken', shaking);
      if (shaking) setTimeout(() => (ui.shaking = false), SHAKE_MS);
    },
  );
};
