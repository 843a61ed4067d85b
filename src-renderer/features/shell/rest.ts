/** Nobody can see the window for so long, or nobody has used it for so long. */
const HIDDEN_MS = 10_000;
const UNUSED_MS = 60_000;
/** What comes meanwhile makes more of what nobody needs. */
const AGAIN_MS = 600_000;

/** When a page has time for itself. */
export interface Rest {
  /** A key or the pointer: cheap, for it is told of each of them. */
  used(): void;
  seen(isSeen: boolean): void;
  stop(): void;
}

/**
 * Rows that were scrolled by and conversations that were left are kept by Chromium until it needs the room, which may be
 * hundreds of megabytes later. So they are let go of when it disturbs nobody.
 */
export const createRest = (letGo: () => void): Rest => {
  let last = performance.now();
  let wait = UNUSED_MS;
  let timer: ReturnType<typeof setTimeout>;
  const arm = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(look, ms);
  };
  const look = (): void => {
    const left = last + wait - performance.now();
    if (left > 0) {
      arm(left);
      return;
    }
    letGo();
    last = performance.now();
    wait = AGAIN_MS;
    arm(wait);
  };
  const begin = (ms: number): void => {
    last = performance.now();
    wait = ms;
    arm(ms);
  };
  begin(UNUSED_MS);
  return {
    used() {
      if (wait === UNUSED_MS) last = performance.now();
      else begin(UNUSED_MS);
    },
    seen(isSeen) {
      begin(isSeen ? UNUSED_MS : HIDDEN_MS);
    },
    stop() {
      clearTimeout(timer);
    },
  };
};
