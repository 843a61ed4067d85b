import { computed, type ComputedRef } from 'vue';
import type { Delivery } from '../../../src-shared/model/conversation';
import type { Row } from './rows';

export interface DeliveryMarks {
  readonly delivery: ComputedRef<Delivery | null>;
  /** In a room: who has read it, where there is nobody a word has to do. */
  readonly readers: ComputedRef<readonly string[] | null>;
  /** The word and the sign at its end. */
  readonly state: ComputedRef<'sent' | 'received' | 'read' | null>;
  /** It, or a change of it, is not at the server yet. */
  readonly waits: ComputedRef<boolean>;
}

/** What a message says of its way: waiting and failed always, the rest only on the last that has come so far. */
export const useDelivery = (row: () => Extract<Row, { type: 'message' }>): DeliveryMarks => {
  const delivery = computed(() => (row().mark ? row().message.delivery : null));
  const readers = computed(() => {
    const nicks = delivery.value === 'read' ? row().message.readBy : undefined;
    return nicks && nicks.length > 0 ? nicks : null;
  });
  const state = computed(() => {
    const { value } = delivery;
    return readers.value === null && (value === 'sent' || value === 'received' || value === 'read')
      ? value
      : null;
  });
  const waits = computed(() => delivery.value === 'waiting' || row().message.change?.error === null);
  return { delivery, readers, state, waits };
};
