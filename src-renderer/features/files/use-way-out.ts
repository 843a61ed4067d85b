import { computed, type ComputedRef } from 'vue';
import { useFiles } from '../../stores/files';
import { useRooms } from '../../stores/rooms';
import { useRoster } from '../../stores/roster';
import { useSession } from '../../stores/session';
import type { Sentence } from '../../stores/ui';
import { plainName } from '../../text/names';

/** Why no file can be given to a conversation now; null: it can. */
export const useNoWayOut = (peer: () => string): ComputedRef<Sentence | null> => {
  const files = useFiles();
  const rooms = useRooms();
  const roster = useRoster();
  const session = useSession();
  return computed(() => {
    if (files.offer.is !== 'none') return null;
    const to = peer();
    if (rooms.roomOf(to) !== null) return { key: 'files.attach-room' };
    // Who is there is not known without a connection: it waits, and is said then.
    if (!session.online || roster.presenceOf(to).kind !== 'offline') return null;
    return { key: 'files.attach-nobody', params: { name: plainName(roster.nameOf(to), to) } };
  });
};
