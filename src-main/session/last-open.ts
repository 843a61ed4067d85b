import type { AccountSession } from './account-session';

/** Which conversation the main window had open: who one talks to belongs among what is encrypted, and not into the settings' file. */
const SETTING = 'last-open';

type Kept = Pick<AccountSession, 'store' | 'people' | 'rooms'>;

/** The conversation that was open last; null where none was, or where there is nothing left of it. */
export const lastOpen = async ({ store, people, rooms }: Kept): Promise<string | null> => {
  const peer = await store.setting(SETTING);
  if (peer === null) return null;
  if (people.roster.find(peer) || rooms.known(peer)) return peer;
  const { standing, last, draft, marks } = await store.chat(peer);
  const isListed = standing !== 'ignored' && (last !== null || draft !== '' || marks.pinned);
  return isListed ? peer : null;
};

export const keepOpen = (store: Kept['store'], peer: string | null): Promise<void> =>
  store.putSetting(SETTING, peer);
