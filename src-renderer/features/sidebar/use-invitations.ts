import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { privateOf, type Invitation } from '../../../src-shared/model/room';
import { useApp } from '../../stores/app';
import { useBlocked } from '../../stores/blocked';
import { useRooms } from '../../stores/rooms';
import { useRoster } from '../../stores/roster';
import { useUi } from '../../stores/ui';

/** Invitations to rooms, the newest first, and the answers to them. */
export const useInvitations = (): {
  readonly invitations: ComputedRef<readonly Invitation[]>;
  /** Those that are put aside, for only contacts may write. */
  readonly aside: ComputedRef<readonly Invitation[]>;
  /** The room whose answer is under way. */
  readonly busy: Readonly<Ref<string | null>>;
  /** A contact's name, an address of anybody else: a stranger could be called like anybody (T16). */
  readonly nameOf: (invitation: Invitation) => string | null;
  /** Whom blocking it would block: where nobody can be named for certain, the room. */
  readonly blocks: (invitation: Invitation) => string;
  readonly join: (room: string) => Promise<void>;
  readonly decline: (room: string) => Promise<void>;
  readonly block: (invitation: Invitation) => Promise<void>;
} => {
  const app = useApp();
  const rooms = useRooms();
  const roster = useRoster();
  const blocked = useBlocked();
  const ui = useUi();
  const busy = ref<string | null>(null);

  const nameOf = ({ by, proved }: Invitation): string | null =>
    by !== null && proved && roster.contact(by) ? roster.nameOf(by) : by;
  const blocks = ({ room, by, proved }: Invitation): string =>
    by !== null && proved && !privateOf(by) ? by : room;
  const decline = async (room: string): Promise<void> => {
    busy.value = room;
    const answer = await rooms.decline(room);
    busy.value = null;
    if (!answer.ok) ui.sayError(answer.error);
  };
  const all = computed(() => [...rooms.invitations.values()].sort((a, b) => b.at - a.at));
  const isAside = ({ by, proved }: Invitation): boolean =>
    app.settings.contactsOnly && !(by !== null && proved && roster.contact(by));
  return {
    invitations: computed(() => all.value.filter((one) => !isAside(one))),
    aside: computed(() => all.value.filter(isAside)),
    busy,
    nameOf,
    blocks,
    async join(room) {
      busy.value = room;
      const answer = await rooms.join(room, null, null);
      busy.value = null;
      if (!answer.ok) ui.sayError(answer.error);
      else if (answer.value.is === 'joined') ui.showChat(room);
      // The dialog has the words, and fields for what is missing.
      else ui.roomDialog = { kind: 'join', jid: room, status: answer.value };
    },
    decline,
    async block(invitation) {
      const { room } = invitation;
      busy.value = room;
      const answer = await blocked.add(blocks(invitation));
      busy.value = null;
      if (!answer.ok) ui.sayError(answer.error);
      else await decline(room);
    },
  };
};
