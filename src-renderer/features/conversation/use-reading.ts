import { computed, onScopeDispose, ref, watch, type ComputedRef } from 'vue';
import { useSession } from '../../stores/session';

/** Reading that takes longer than this is worth a word. */
const patienceMs = 1000;

/** How many missed messages were read from the server's archive so far, once it takes a while; else null. */
export const useReading = (): ComputedRef<number | null> => {
  const session = useSession();
  const long = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(
    () => session.archive.is,
    (is) => {
      clearTimeout(timer);
      long.value = false;
      if (is !== 'reading') return;
      timer = setTimeout(() => {
        long.value = true;
      }, patienceMs);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return computed(() => (long.value && session.archive.is === 'reading' ? session.archive.done : null));
};
