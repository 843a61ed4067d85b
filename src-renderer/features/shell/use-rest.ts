import { onBeforeUnmount, onMounted } from 'vue';
import { letGo } from '../../bridge/bridge';
import { createRest } from './rest';

const signs = ['keydown', 'pointermove', 'pointerdown', 'wheel'] as const;

/** The page lets go of what it needs no more while nobody uses it. */
export const useRest = (): void => {
  const rest = createRest(letGo);
  const look = (): void => {
    rest.seen(document.visibilityState === 'visible');
  };
  onMounted(() => {
    document.addEventListener('visibilitychange', look);
    for (const sign of signs) document.addEventListener(sign, rest.used, { capture: true, passive: true });
  });
  onBeforeUnmount(() => {
    rest.stop();
    document.removeEventListener('visibilitychange', look);
    for (const sign of signs) document.removeEventListener(sign, rest.used, true);
  });
};
