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

  const stop = watch(
    () => messages.page(peer).state,
    (state) => {
      if (state !== 'ready') return;
      mark.value = newMarkOf(messages.page(peer).messages, atOpen);
      void nextTick(() => stop());
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
