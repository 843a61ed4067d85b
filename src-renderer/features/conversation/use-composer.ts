import { onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';
import type { CallError } from '../../../src-shared/ipc/errors';
import { useChats } from '../../stores/chats';
import { useMessages } from '../../stores/messages';
import { createTypingTeller } from './typing';

/** A draft is kept this long after the last key. */
const draftAfter = 400;

export interface ComposerState {
  readonly text: Ref<string>;
  readonly sending: Ref<boolean>;
  readonly problem: Ref<CallError | null>;
  /** Sends what is written; the text stays until main has it on disk. Answers whether it has. */
  readonly send: () => Promise<boolean>;
}

/** The text being written to `peer`: its draft, what the other side is told meanwhile, and sending it. */
export const useComposer = (peer: string): ComposerState => {
  const chats = useChats();
  const messages = useMessages();
  const text = ref(chats.chat(peer)?.draft ?? '');
  const sending = ref(false);
  const problem = ref<CallError | null>(null);
  const teller = createTypingTeller((state) => void chats.tellTyping(peer, state));

  let kept = text.value;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    clearTimeout(timer);
    if (text.value === kept) return;
    kept = text.value;
    void chats.saveDraft(peer, kept);
  };
  watch(text, (now) => {
    problem.value = null;
    teller.typed(now === '');
    clearTimeout(timer);
    timer = setTimeout(keep, draftAfter);
  });
  onMounted(() => window.addEventListener('pagehide', keep));
  onBeforeUnmount(() => {
    window.removeEventListener('pagehide', keep);
    keep();
    teller.leave(text.value === '');
  });

  const send = async (): Promise<boolean> => {
    const body = text.value;
    if (sending.value || body.trim() === '') return false;
    sending.value = true;
    const answer = await messages.send(peer, body);
    sending.value = false;
    if (!answer.ok) {
      problem.value = answer.error;
      return false;
    }
    teller.sent();
    // What was typed meanwhile belongs to the next message.
    text.value = text.value.startsWith(body) ? text.value.slice(body.length) : text.value;
    return true;
  };
  return { text, sending, problem, send };
};
