import { computed, type ComputedRef, type Ref } from 'vue';
import { wordsOf } from '../../components/fold';
import { scoreOf } from '../../components/match';
import type { Room } from '../../../src-shared/model/room';
import { useRooms } from '../../stores/rooms';
import { personWords } from '../person/person-words';

export interface RoomRow {
  /** The room's JID. */
  readonly key: string;
  readonly name: string;
  readonly room: Room;
}

/** The rooms of the sidebar, filtered by the search field. */
export const useRoomRows = (query: Readonly<Ref<string>>): ComputedRef<readonly RoomRow[]> => {
  const rooms = useRooms();
  return computed(() => {
    const words = wordsOf(query.value);
    const all = rooms.listed.map((room) => ({
      key: room.jid,
      name: rooms.nameOf(room.jid) ?? room.jid,
      room,
    }));
    if (words.length === 0) return all;
    return all.filter(({ name, key }) => scoreOf(personWords(key, name).whole, words, { fuzzy: false }) > 0);
  });
};
