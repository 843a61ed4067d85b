import { computed, type ComputedRef } from 'vue';
import { haystackOf, type Haystack } from '../../components/match';
import { useChats } from '../../stores/chats';
import { useRoster } from '../../stores/roster';
import { useRooms } from '../../stores/rooms';
import { useUi } from '../../stores/ui';
import type { Candidate, PaletteItem } from './items';

interface Known {
  readonly name: string;
  readonly haystack: Haystack;
  readonly also: Haystack;
}

/** Everybody one can write to: chats (the latest first), then rooms and contacts without one. */
export const usePeople = (): {
  readonly chats: ComputedRef<readonly Candidate[]>;
  readonly people: ComputedRef<readonly Candidate[]>;
  readonly recent: ComputedRef<readonly PaletteItem[]>;
} => {
  const roster = useRoster();
  const rooms = useRooms();
  const chats = useChats();
  const ui = useUi();
  /** Names change seldom, presence all the time: what is searched is made ready once. */
  const known = new Map<string, Known>();
  const knownOf = (jid: string): Known => {
    const name = roster.nameOf(jid);
    const kept = known.get(jid);
    if (kept?.name === name) return kept;
    const made = { name, haystack: haystackOf(name), also: haystackOf(`${name} ${jid}`) };
    known.set(jid, made);
    return made;
  };
  const itemOf = (jid: string): PaletteItem => ({
    key: `chat ${jid}`,
    text: roster.nameOf(jid),
    detail: jid,
    jid,
    ...(rooms.roomOf(jid) ? {} : { presence: roster.presenceOf(jid).kind }),
    run: () => ui.showChat(jid),
  });
  const candidate = (jid: string): Candidate => {
    const { haystack, also } = knownOf(jid);
    return { haystack, also, item: () => itemOf(jid) };
  };
  const peers = computed(() => chats.sorted.map(({ peer }) => peer));
  return {
    chats: computed(() => peers.value.map(candidate)),
    people: computed(() => {
      const shown = new Set(peers.value);
      return [...rooms.listed.map((room) => room.jid), ...roster.contacts.keys()]
        .filter((jid) => !shown.has(jid))
        .map(candidate);
    }),
    recent: computed(() =>
      peers.value
        .filter((peer) => peer !== ui.peer)
        .slice(0, 5)
        .map(itemOf),
    ),
  };
};
