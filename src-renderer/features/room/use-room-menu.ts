import {
  ListChecks,
  ListX,
  LogIn,
  LogOut,
  MessageSquare,
  MessageSquareQuote,
  PanelRight,
  PencilLine,
  SlidersHorizontal,
  Trash2,
  UserRoundPlus,
} from '@lucide/vue';
import type { MenuNode } from '../../components/menu';
import { useI18n } from '../../stores/i18n';
import { useRooms } from '../../stores/rooms';
import { useSession } from '../../stores/session';
import { useUi } from '../../stores/ui';
import { useChatMenu } from '../sidebar/use-chat-menu';

/** What can be done with a room, or a conversation with somebody in one; null: it is neither. */
export const useRoomMenu = (): { readonly roomMenu: (peer: string) => readonly MenuNode[] | null } => {
  const rooms = useRooms();
  const session = useSession();
  const ui = useUi();
  const { t } = useI18n();
  const { chatMenu, windowEntry } = useChatMenu();

  const again = async (jid: string): Promise<void> => {
    const answer = await rooms.join(jid, null, null);
    if (!answer.ok) ui.sayError(answer.error);
    else ui.showChat(jid);
  };
  const forget = async (jid: string): Promise<void> => {
    const answer = await rooms.forget(jid);
    if (!answer.ok) ui.sayError(answer.error);
  };
  const roomMenu = (peer: string): readonly MenuNode[] | null => {
    const jid = rooms.roomOf(peer);
    if (jid === null) return null;
    const status = rooms.room(jid)?.status.is;
    const owner = rooms.room(jid)?.affiliation === 'owner';
    const entries: MenuNode[] = [
      {
        kind: 'item',
        key: 'chat',
        text: t('roster.open-chat'),
        icon: MessageSquare,
        run: () => ui.showChat(peer),
      },
      {
        kind: 'item',
        key: 'details',
        text: t('roster.show-details'),
        icon: PanelRight,
        run: () => ui.showDetails(peer),
      },
      windowEntry(peer),
      ...chatMenu(peer),
    ];
    if (jid !== peer) return entries;
    entries.push({ kind: 'separator' });
    if (status === 'joined')
      entries.push({
        kind: 'item',
        key: 'invite',
        text: t('room.invite-more'),
        icon: UserRoundPlus,
        run: () => {
          ui.roomDialog = { kind: 'invite', jid };
        },
      });
    if (status === 'joined' && rooms.room(jid)?.canSetSubject)
      entries.push({
        kind: 'item',
        key: 'subject',
        text: `${t('room.subject-change')}…`,
        icon: MessageSquareQuote,
        run: () => {
          ui.roomDialog = { kind: 'subject', jid };
        },
      });
    if (status === 'out' || status === 'refused')
      entries.push({
        kind: 'item',
        key: 'join',
        text: t('room.join-again'),
        icon: LogIn,
        disabled: !session.online,
        run: () => void again(jid),
      });
    if (rooms.room(jid)?.bookmarked && (status === 'out' || status === 'refused'))
      entries.push({
        kind: 'item',
        key: 'forget',
        text: t('room.forget'),
        icon: ListX,
        run: () => void forget(jid),
      });
    if (status !== 'out' && status !== 'refused')
      entries.push({
        kind: 'item',
        key: 'leave',
        text: `${t('room.leave')}…`,
        icon: LogOut,
        danger: true,
        run: () => {
          ui.roomDialog = { kind: 'leave', jid };
        },
      });
    if (status === 'joined' && (owner || rooms.room(jid)?.affiliation === 'admin'))
      entries.push({
        kind: 'item',
        key: 'lists',
        text: `${t('moderation.lists')}…`,
        icon: ListChecks,
        run: () => {
          ui.roomDialog = { kind: 'lists', jid };
        },
      });
    if (status === 'joined' && owner)
      entries.push(
        {
          kind: 'item',
          key: 'describe',
          text: `${t('room.describe')}…`,
          icon: PencilLine,
          run: () => {
            ui.roomDialog = { kind: 'describe', jid };
          },
        },
        {
          kind: 'item',
          key: 'form',
          text: `${t('form.open')}…`,
          icon: SlidersHorizontal,
          run: () => {
            ui.roomDialog = { kind: 'form', jid };
          },
        },
        {
          kind: 'item',
          key: 'destroy',
          text: `${t('room.destroy')}…`,
          icon: Trash2,
          danger: true,
          run: () => {
            ui.roomDialog = { kind: 'destroy', jid };
          },
        },
      );
    return entries;
  };
  return { roomMenu };
};
