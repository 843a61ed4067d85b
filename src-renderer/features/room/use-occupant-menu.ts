import {
  Ban,
  Copy,
  Crown,
  Gavel,
  IdCard,
  MessageSquare,
  Mic,
  MicOff,
  ShieldCheck,
  UserRoundX,
} from '@lucide/vue';
import type { Component } from 'vue';
import type { MenuNode } from '../../components/menu';
import type { Occupant } from '../../../src-shared/model/room';
import { mayAct, roomActs, type RoomAct } from '../../../src-shared/model/room-powers';
import { useI18n } from '../../stores/i18n';
import { useRooms } from '../../stores/rooms';
import { useSession } from '../../stores/session';
import { useUi } from '../../stores/ui';
import { copyText } from '../../text/copy';
import { plainName } from '../../text/names';

const icons: Readonly<Record<RoomAct, Component>> = {
  voice: Mic,
  'no-voice': MicOff,
  moderator: Gavel,
  'no-moderator': Gavel,
  member: IdCard,
  'no-member': IdCard,
  admin: ShieldCheck,
  'no-admin': ShieldCheck,
  owner: Crown,
  'no-owner': Crown,
  kick: UserRoundX,
  ban: Ban,
};

/** What can be done with somebody in a room: only what the room lets us. */
export const useOccupantMenu = (): {
  readonly occupantMenu: (jid: string, occupant: Occupant, write: () => void) => readonly MenuNode[];
} => {
  const rooms = useRooms();
  const session = useSession();
  const ui = useUi();
  const { t } = useI18n();

  const occupantMenu = (jid: string, occupant: Occupant, write: () => void): readonly MenuNode[] => {
    const { nick, jid: address } = occupant;
    const room = rooms.room(jid);
    const isOwn = nick === room?.nick;
    const acts = isOwn || !room ? [] : roomActs.filter((act) => mayAct(room, occupant, act));
    const items = acts.map((act) => ({
      kind: 'item' as const,
      key: act,
      text: `${t(`moderation.${act}`)}…`,
      icon: icons[act],
      danger: act === 'kick' || act === 'ban',
      disabled: !session.online,
      run: () => {
        ui.roomDialog = { kind: 'act', jid, act, nick };
      },
    }));
    return [
      {
        kind: 'item',
        key: 'write',
        text: t('room.write-privately', { nick: plainName(nick, '?') }),
        icon: MessageSquare,
        disabled: isOwn,
        run: write,
      },
      ...(address
        ? ([
            {
              kind: 'item',
              key: 'copy',
              text: t('room.copy-address'),
              icon: Copy,
              run: () => void copyText(address),
            },
          ] as const)
        : []),
      ...(items.length > 0 ? [{ kind: 'separator' as const }, ...items] : []),
    ];
  };
  return { occupantMenu };
};
