import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import type { Message } from '../../../src-shared/model/conversation';
import { useMessages } from '../../stores/messages';

/** Messages of one conversation that are chosen together. None chosen: nothing is being selected. */
export interface Selection {
  readonly on: ComputedRef<boolean>;
  /** In the order of the conversation, as they are now. */
  readonly chosen: ComputedRef<readonly Message[]>;
  readonly has: (id: number) => boolean;
  readonly toggle: (message: Message) => void;
  /** Everything from the one that was chosen last to this one; without such a one from `otherwise`. */
  readonly extend: (to: Message, otherwise?: number | null) => void;
  /** All that is loaded. */
  readonly all: () => void;
  readonly clear: () => void;
  /** What is to be forwarded, or deleted, once the user has said how; empty: nothing. */
  readonly forwarding: ShallowRef<readonly Message[]>;
  readonly deleting: ShallowRef<readonly Message[]>;
}

/** Whether it can be said again elsewhere: of a file that goes from one computer to the other nobody else has an address. */
export const isForwardable = ({ body, file }: Message): boolean => body !== '' && !file?.direct;

export const useSelection = (peer: () => string): Selection => {
  const messages = useMessages();
  const kept = shallowRef<ReadonlyMap<number, Message>>(new Map());
  let anchor: number | null = null;
  const list = (): readonly Message[] => messages.page(peer()).messages;

  /** What has scrolled far out of sight is not in the list any more. */
  const chosen = computed(() => {
    if (kept.value.size === 0) return [];
    const place = new Map(list().map((message, index) => [message.id, { message, index }]));
    return [...kept.value.values()]
      .map((one) => place.get(one.id)?.message ?? one)
      .sort((a, b) => {
        const [first, second] = [place.get(a.id), place.get(b.id)];
        return first && second ? first.index - second.index : a.at - b.at || a.id - b.id;
      });
  });
  const clear = (): void => {
    kept.value = new Map();
    anchor = null;
  };
  return {
    on: computed(() => kept.value.size > 0),
    chosen,
    has: (id) => kept.value.has(id),
    toggle: (message) => {
      const next = new Map(kept.value);
      if (!next.delete(message.id)) next.set(message.id, message);
      kept.value = next;
      anchor = next.size === 0 ? null : message.id;
    },
    extend: (to, otherwise = null) => {
      const all = list();
      const from = all.findIndex(({ id }) => id === (anchor ?? otherwise ?? to.id));
      const end = all.findIndex(({ id }) => id === to.id);
      if (end < 0) return;
      anchor ??= all[from]?.id ?? to.id;
      const [first, last] = [Math.min(from < 0 ? end : from, end), Math.max(from, end)];
      const next = new Map(kept.value);
      for (const message of all.slice(first, last + 1)) next.set(message.id, message);
      kept.value = next;
    },
    all: () => {
      kept.value = new Map(list().map((message) => [message.id, message]));
    },
    clear,
    forwarding: shallowRef<readonly Message[]>([]),
    deleting: shallowRef<readonly Message[]>([]),
  };
};
