import { computed, onBeforeUnmount, ref, type ComputedRef, type Ref } from 'vue';

export const SPEEDS = [1, 1.5, 2] as const;

/** Of all that could play one does. */
let playing: HTMLMediaElement | null = null;

/** An <audio> or <video> under controls of our own. */
export interface Player {
  readonly runs: Ref<boolean>;
  /** Seconds. */
  readonly at: Ref<number>;
  /** Seconds; 0 as long as nobody can tell. */
  readonly total: Ref<number>;
  readonly speed: ComputedRef<number>;
  /** What the element tells. */
  readonly on: Readonly<
    Record<'play' | 'pause' | 'ended' | 'timeupdate' | 'durationchange' | 'loadedmetadata', () => void>
  >;
  readonly toggle: () => Promise<void>;
  readonly seek: (seconds: number) => void;
  readonly faster: () => void;
}

export const usePlayer = (element: () => HTMLMediaElement | null): Player => {
  const runs = ref(false);
  const at = ref(0);
  const total = ref(0);
  const step = ref(0);
  const speed = computed(() => SPEEDS[step.value] ?? 1);
  const follow = (): void => {
    const one = element();
    at.value = one?.currentTime ?? 0;
    total.value = one && Number.isFinite(one.duration) ? one.duration : 0;
    runs.value = one !== null && !one.paused && !one.ended;
  };
  onBeforeUnmount(() => {
    const one = element();
    if (one === playing) playing = null;
    one?.pause();
  });
  return {
    runs,
    at,
    total,
    speed,
    on: {
      play: () => {
        const one = element();
        if (playing !== one) playing?.pause();
        playing = one;
        follow();
      },
      pause: follow,
      ended: follow,
      timeupdate: follow,
      durationchange: follow,
      loadedmetadata: follow,
    },
    toggle: async () => {
      const one = element();
      if (!one) return;
      if (!one.paused && !one.ended) {
        one.pause();
        return;
      }
      one.playbackRate = speed.value;
      // What cannot be played tells so by its `error` event.
      await one.play().catch(() => undefined);
    },
    seek: (seconds) => {
      const one = element();
      if (!one) return;
      one.currentTime = seconds;
      at.value = seconds;
    },
    faster: () => {
      step.value = (step.value + 1) % SPEEDS.length;
      const one = element();
      if (one) one.playbackRate = speed.value;
    },
  };
};
