import { computed, shallowRef, type ComputedRef } from 'vue';
import { useI18n } from '../../stores/i18n';
import { useMessages } from '../../stores/messages';
import { useRooms } from '../../stores/rooms';
import { useSearch } from '../../stores/search';

/** Nicks of those who wrote lately or were found, and of those who are in the room now; nobody where there is none. */
export const useSpeakers = (room: string | null): ComputedRef<readonly string[]> => {
  const rooms = useRooms();
  const messages = useMessages();
  const search = useSearch();
  const { locale } = useI18n();
  const present = shallowRef<readonly string[]>([]);
  const load = async (jid: string): Promise<void> => {
    const people = await rooms.peopleIn(jid);
    present.value = people.map(({ nick }) => nick).sort(new Intl.Collator(locale.value).compare);
  };
  if (room !== null) void load(room);
  return computed(() => {
    if (room === null) return [];
    const wrote = messages.page(room).messages.flatMap(({ nick }) => nick ?? []);
    const found = search.hits.flatMap(({ message }) => (message.peer === room ? (message.nick ?? []) : []));
    return [...new Set([...wrote.reverse(), ...found, ...present.value])];
  });
};
