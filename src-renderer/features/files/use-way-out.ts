import { computed, type ComputedRef } from 'vue';
import { useFiles } from '../../stores/files';
import { useI18n } from '../../stores/i18n';
import { useRooms } from '../../stores/rooms';
import { useRoster } from '../../stores/roster';
import { useSession } from '../../stores/session';
import { plainName } from '../../text/names';

/** Why no file can be given to a conversation now, in words; empty: it can. */
export const useNoWayOut = (peer: () => string): ComputedRef<string> => {
  const files = useFiles();
  const rooms = useRooms();
  const roster = useRoster();
  const session = useSession();
  const { t } = useI18n();
  return computed(() => {
    if (files.offer.is !== 'none') return '';
    const to = peer();
    if (rooms.roomOf(to) !== null) return t('files.attach-room');
    // Who is there is not known without a connection: it waits, and is said then.
    if (!session.online || roster.presenceOf(to).kind !== 'offline') return '';
    return t('files.attach-nobody', { name: plainName(roster.nameOf(to), to) });
  });
};
