import { onBeforeUnmount, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { wordsOf } from '../../components/fold';
import { useApp } from '../../stores/app';
import { useRooms } from '../../stores/rooms';
import { createNickOrder } from './nick-order';
import { occupantRows, type OccupantRow } from './occupant-rows';

/** The rows of who is in the room that is looked at (or of whom the query finds), kept up to date. */
export const useOccupants = (query: Ref<string>): ShallowRef<readonly OccupantRow[]> => {
  const app = useApp();
  const rooms = useRooms();
  const rows = shallowRef<readonly OccupantRow[]>([]);
  let order = createNickOrder(app.locale);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const draw = (): void => {
    clearTimeout(timer);
    // Of thousands the first are there at once, and the rest bit by bit.
    timer = order.follow(rooms.occupants) ? undefined : setTimeout(draw);
    rows.value = occupantRows(order.nicks, rooms.occupants, wordsOf(query.value), rows.value);
  };
  watch(
    () => app.locale,
    (locale) => {
      order = createNickOrder(locale);
      draw();
    },
  );
  watch(() => [rooms.occupants, query.value], draw, { immediate: true });
  onBeforeUnmount(() => clearTimeout(timer));
  return rows;
};
