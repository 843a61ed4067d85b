import type { SessionContext } from './context';

/**
 * Contacts of whom the user wants to be told when they are there: once, the next time. It is kept over the session and the run, and
 * it is used up when they were told of, not before: quiet hours and "do not disturb" leave it for the time after.
 */
export interface Watches {
  /** What earlier runs have left. */
  load(): Promise<void>;
  /** The database was made anew (R13). */
  save(): Promise<void>;
  has(bare: string): boolean;
  set(bare: string, on: boolean): Promise<void>;
}

const SETTING = 'watches';

export const createWatches = ({ store }: Pick<SessionContext, 'store'>): Watches => {
  let watched: ReadonlySet<string> = new Set();
  const save = (): Promise<void> =>
    store.putSetting(SETTING, watched.size === 0 ? null : JSON.stringify([...watched]));
  return {
    async load() {
      try {
        const kept: unknown = JSON.parse((await store.setting(SETTING)) ?? '[]');
        if (Array.isArray(kept)) watched = new Set(kept.filter((jid) => typeof jid === 'string'));
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
    },
    save,
    has: (bare) => watched.has(bare),
    async set(bare, on) {
      if (watched.has(bare) === on) return;
      const others = [...watched].filter((jid) => jid !== bare);
      watched = new Set(on ? [...others, bare] : others);
      await save();
    },
  };
};
