import { computed, type ComputedRef } from 'vue';
import { useChats } from '../../stores/chats';
import { useRoster } from '../../stores/roster';
import { useRooms } from '../../stores/rooms';
import { useUi } from '../../stores/ui';
import { personWords } from '../person/person-words';
import type { Candidate, PaletteItem } from './items';

/** Everybody one can write to: chats (the latest first, those archived last), then rooms and contacts without one. */
export const usePeople = (): {
  readonly chats: ComputedRef<readonly Candidate[]>;
  readonly people: ComputedRef<readonly Candidate[]>;
  readonly recent: ComputedRef<readonly PaletteItem[]>;
} => {
  const roster = useRoster();
  const rooms = useRooms();
  const chats = useChats();
  const ui = useUi();
  const itemOf = (jid: string): PaletteItem => ({
    key: `chat ${jid}`,
    text: roster.nameOf(jid),
    detail: jid,
    jid,
    ...(rooms.roomOf(jid) ? {} : { presence: roster.presenceOf(jid).kind }),
    run: () => ui.showChat(jid),
  });
  const candidate = (jid: string): Candidate => {
    const { own, whole } = personWords(jid, roster.nameOf(jid));
    return { haystack: own, also: whole, item: () => itemOf(jid) };
  };
  const listed = computed(() => chats.sorted.map(({ peer }) => peer));
  const peers = computed(() => [...listed.value, ...chats.archived.map(({ peer }) => peer)]);
  return {
    chats: computed(() => peers.value.map(candidate)),
    people: computed(() => {
      const shown = new Set(peers.value);
      return [...rooms.listed.map((room) => room.jid), ...roster.contacts.keys()]
        .filter((jid) => !shown.has(jid))
        .map(candidate);
    }),
    recent: computed(() =>
      listed.value
        .filter((peer) => peer !== ui.peer)
        .slice(0, 5)
        .map(itemOf),
    ),
  };
};
