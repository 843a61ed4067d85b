import { onBeforeUnmount, shallowRef, watch, type Ref, type ShallowRef } from 'vue';

/**
 * Follows a value once the frame is drawn in which it changed: what somebody types is on the screen before anything is made of
 * it. `hurry` catches up at once, for a key that acts on what is made.
 */
export const useLater = <T>(
  source: Readonly<Ref<T>>,
): { readonly value: Readonly<ShallowRef<T>>; readonly hurry: () => void } => {
  const value = shallowRef(source.value) as ShallowRef<T>;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = 0;
  };
  const hurry = (): void => {
    stop();
    value.value = source.value;
  };
  watch(
    source,
    () => {
      if (frame !== 0) return;
      frame = requestAnimationFrame(() => {
        timer = setTimeout(hurry);
      });
    },
    { flush: 'sync' },
  );
  onBeforeUnmount(stop);
  return { value, hurry };
};
