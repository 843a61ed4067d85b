import { ref, type Ref } from 'vue';

const today = ref(Date.now());
let timer: ReturnType<typeof setInterval> | undefined;
const minute = 60_000;

/** A moment of the current day; changes when the day does, so that yesterday's times become weekdays. */
export const useToday = (): Readonly<Ref<number>> => {
  timer ??= setInterval(() => {
    const now = Date.now();
    if (new Date(now).toDateString() !== new Date(today.value).toDateString()) today.value = now;
  }, minute);
  return today;
};
