/** What the other side is told while somebody writes (XEP-0085 §5). */
export type Told = 'composing' | 'paused' | 'active';

/** Without a key for this long, one has stopped for a moment. */
export const pauseAfter = 5000;

export interface TypingTeller {
  /** The text changed; empty text means that nothing is being written. */
  readonly typed: (empty: boolean) => void;
  /** The message went, and with it what it says about typing. */
  readonly sent: () => void;
  /** The chat is left. */
  readonly leave: (empty: boolean) => void;
}

/**
 *   active ──key──▶ composing ──5 s──▶ paused
 *     ▲                │  ▲              │
 *     └──empty, sent───┘  └─────key──────┘
 */
export const createTypingTeller = (tell: (state: Told) => void): TypingTeller => {
  let state: Told = 'active';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const go = (next: Told): void => {
    clearTimeout(timer);
    if (next !== state) {
      state = next;
      tell(next);
    }
    if (next === 'composing') timer = setTimeout(() => go('paused'), pauseAfter);
  };
  return {
    typed: (empty) => go(empty ? 'active' : 'composing'),
    sent: () => {
      clearTimeout(timer);
      state = 'active';
    },
    leave: (empty) => {
      if (state === 'composing') go(empty ? 'active' : 'paused');
      clearTimeout(timer);
    },
  };
};
