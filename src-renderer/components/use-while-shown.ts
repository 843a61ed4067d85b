import { computed, type ComputedRef, type Ref } from 'vue';

/** Follows a value as long as it is shown: out of sight it stays as it was, and nothing is made anew for nobody. */
export const useWhileShown = <T extends object>(
  source: Readonly<Ref<T>>,
  isShown: () => boolean,
): ComputedRef<T> => computed<T>((before) => (before === undefined || isShown() ? source.value : before));
