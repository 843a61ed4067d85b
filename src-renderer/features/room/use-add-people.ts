import { UsersRound } from '@lucide/vue';
import type { MenuEntry } from '../../components/menu';
import { useI18n } from '../../stores/i18n';
import { useRooms } from '../../stores/rooms';
import { useSession } from '../../stores/session';
import { useUi } from '../../stores/ui';

/** From a conversation of two a group: its other side is the first of those who are asked to come. */
export const useAddPeople = (): {
  /** With oneself alone, and with one of those in a room, there is none. */
  readonly canAdd: (peer: string) => boolean;
  readonly add: (peer: string) => void;
  readonly adding: (peer: string) => readonly MenuEntry[];
} => {
  const rooms = useRooms();
  const session = useSession();
  const ui = useUi();
  const { t } = useI18n();
  const canAdd = (peer: string): boolean => peer !== session.jid && rooms.roomOf(peer) === null;
  const add = (peer: string): void => {
    ui.roomDialog = { kind: 'group', jid: peer };
  };
  return {
    canAdd,
    add,
    adding: (peer) =>
      canAdd(peer)
        ? [
            {
              kind: 'item',
              key: 'people',
              text: t('room.add-people'),
              icon: UsersRound,
              disabled: !session.online,
              run: () => add(peer),
            },
          ]
        : [],
  };
};
