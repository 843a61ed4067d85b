import { nextTick, ref, watch, type Ref } from 'vue';
import { useChats } from '../../stores/chats';
import { useMessages } from '../../stores/messages';
import { newMarkOf, type NewMark } from './rows';

/**
 * Where the "new" line stands: fixed when the chat opens, so that it does not move while one reads; set again when
 * messages come while the window is not in front (main counts them as unread then).
 */
export const useNewMark = (
  peer: string,
): { readonly mark: Ref<NewMark | null>; readonly clear: () => void } => {
  const chats = useChats();
  const messages = useMessages();
  const mark = ref<NewMark | null>(null);
  const atOpen = chats.chat(peer)?.unread ?? 0;

  /** The newest message at opening: what comes later is not among those that were unread then. */
  let newest: number | null = null;
  const stop = watch(
    () => [messages.page(peer).state, messages.page(peer).messages] as const,
    ([state, list]) => {
      if (state !== 'ready') return;
      newest ??= list.at(-1)?.id ?? null;
      const until = list.slice(0, list.findLastIndex(({ id }) => id === newest) + 1);
      const incoming = until.filter(({ direction }) => direction === 'in').length;
      // More are unread than are loaded: the line moves on to the first of them as older ones come.
      const whole = incoming >= atOpen || !messages.page(peer).older;
      if (until.length > 0 || newest === null) mark.value = newMarkOf(until, atOpen);
      if (whole) void nextTick(() => stop());
    },
    { immediate: true },
  );
  watch(
    () => chats.chat(peer)?.unread ?? 0,
    async (unread, before) => {
      if (unread === 0 || unread < before || messages.page(peer).state !== 'ready') return;
      await nextTick();
      if (before === 0) mark.value = newMarkOf(messages.page(peer).messages, unread);
      else if (mark.value !== null) mark.value = { ...mark.value, count: unread };
    },
  );
  return {
    mark,
    clear: () => {
      mark.value = null;
    },
  };
};
