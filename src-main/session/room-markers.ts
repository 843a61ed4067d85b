import type { Timer } from '../ports';
import { displayed } from '../xmpp/xep/0333-markers';
import type { SessionContext } from './context';

/** Tells the others in a group how far we have read there (XEP-0333 §5.3). */
export interface RoomMarkers {
  /** @param id the room's, of the last message that was read */
  mark(room: string, id: string): void;
  /** We are in that room, and all that was missed is here. */
  ready(room: string): void;
}

/** Everybody there gets a marker of everybody else: in so long one says all. */
const REST_MS = 10_000;

/**
 * Only where all are members and see who the others are, and only what the room has given an id.
 *
 *   read ──▶ marker ──10 s──▶ the last that was read meanwhile
 *     └─ not in the room: once we are
 */
export const createRoomMarkers = (context: SessionContext): RoomMarkers => {
  const { clock } = context.ports;
  const wanted = new Map<string, string>();
  const marked = new Map<string, string>();
  const resting = new Map<string, Timer>();

  const tell = (room: string): void => {
    const id = wanted.get(room);
    const link = context.link();
    const view = context.rooms?.().view(room);
    if (!context.settings().sendMarkers) wanted.delete(room);
    if (id === undefined || !wanted.has(room) || resting.has(room) || !link || !view?.ready) return;
    wanted.delete(room);
    if (!view.group || !view.stanzaIds || marked.get(room) === id) return;
    link.send(displayed(room, id, 'groupchat'));
    marked.set(room, id);
    resting.set(
      room,
      clock.after(REST_MS, () => {
        resting.delete(room);
        tell(room);
      }),
    );
  };

  return {
    mark(room, id) {
      wanted.set(room, id);
      tell(room);
    },
    ready: tell,
  };
};
