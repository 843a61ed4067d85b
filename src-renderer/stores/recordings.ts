import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';

/** A voice message, as an Ogg file. */
export interface Recording {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly seconds: number;
  /** How loud it was at its end, from 0 to 1. */
  readonly bars: readonly number[];
}

/** Voice messages that were neither sent nor deleted when their conversation was left; they go with the window. */
export const useRecordings = defineStore('recordings', () => {
  let account: string | null = null;
  const kept = shallowReactive(new Map<string, Recording>());
  return {
    kept,
    /** Whose they are: those of another account are not kept. */
    useAccount: (id: string | null): void => {
      account = id;
      kept.clear();
    },
    /** Answers whether it is kept. */
    keep: (of: string, peer: string, recording: Recording): boolean => {
      if (of !== account) return false;
      kept.set(peer, recording);
      return true;
    },
  };
});
