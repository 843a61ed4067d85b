import { onScopeDispose, ref, type Ref } from 'vue';

/** The present moment, told anew at each midnight: enough for "today". */
export const useDay = (): Readonly<Ref<number>> => {
  const now = ref(Date.now());
  let timer: ReturnType<typeof setTimeout>;
  const wait = (): void => {
    const midnight = new Date(now.value).setHours(24, 0, 0, 0);
    timer = setTimeout(tell, Math.max(1000, midnight - Date.now() + 500));
  };
  const tell = (): void => {
    now.value = Date.now();
    wait();
  };
  wait();
  onScopeDispose(() => clearTimeout(timer));
  return now;
};
