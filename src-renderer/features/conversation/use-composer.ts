import { nextTick, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';
import type { CallError } from '../../../src-shared/ipc/errors';
import type { Message } from '../../../src-shared/model/conversation';
import type { Quoted } from '../../../src-shared/model/quoted';
import { useChats, type Draft } from '../../stores/chats';
import { useMessages } from '../../stores/messages';
import { createTypingTeller } from './typing';

/** A draft is kept this long after the last key. */
const draftAfter = 400;

export interface ComposerState {
  readonly text: Ref<string>;
  /** The text is not to be seen at once: the hint; null: it is. */
  readonly spoiler: Ref<string | null>;
  readonly sending: Ref<boolean>;
  /** Why the text is still here; `too-late`: the message that was to be changed cannot be any more. */
  readonly problem: Ref<CallError | 'too-late' | null>;
  /**
   * Sends what is written since the last time; the text stays until main has it on disk. Answers whether it has all of it. A
   * change of a message waits for none.
   */
  readonly send: () => Promise<boolean>;
}

/**
 * The text being written to `peer`: its draft, what the other side is told meanwhile, and sending it. While `editing`
 * holds a message, the text is that message's and the draft is put aside; what the draft answers is kept with it. What is
 * written for the message is kept for who comes back to it, and also for who left it and takes it up again.
 */
export const useComposer = (
  peer: string,
  editing: Ref<Message | null>,
  answering: Ref<Quoted | null>,
): ComposerState => {
  const chats = useChats();
  const messages = useMessages();
  const begun = editing.value && chats.correctionOf(peer);
  const saved = chats.chat(peer)?.draft ?? '';
  const text = ref(begun?.text ?? saved);
  const spoiler = ref(chats.chat(peer)?.draftSpoiler ?? null);
  const sending = ref(false);
  const problem = ref<CallError | 'too-late' | null>(null);
  const teller = createTypingTeller((state) => void chats.tellTyping(peer, state));

  let aside: string | null = begun ? saved : null;
  const draft = (): string => aside ?? text.value;
  /** What Enter was pressed for and main does not have yet, in order: the beginning of the text. */
  const going: { readonly body: string; readonly answers: Quoted | null; readonly spoiler: string | null }[] =
    [];
  const now = (): Draft => ({
    text: draft(),
    answering: going[0]?.answers ?? answering.value,
    spoiler: going[0] ? going[0].spoiler : spoiler.value,
  });
  let kept = now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    clearTimeout(timer);
    const next = now();
    const isKept =
      next.text === kept.text && next.answering?.id === kept.answering?.id && next.spoiler === kept.spoiler;
    if (isKept) return;
    kept = next;
    void chats.saveDraft(peer, next);
  };
  const keepSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keep, draftAfter);
  };
  /** What was written for a message, and not sent. */
  const leave = (message: Message): void => {
    const { value: words } = text;
    chats.leaveCorrection(peer, words === message.body ? null : { message, text: words });
  };
  watch(editing, (message, before) => {
    if (before) leave(before);
    if (message) {
      aside ??= text.value;
      const left = chats.leftCorrection(peer);
      text.value = left?.message.id === message.id ? left.text : message.body;
    } else {
      text.value = draft();
      aside = null;
      chats.keepCorrection(peer, null);
    }
  });
  watch([text, editing], ([words, message]) => {
    if (message) chats.keepCorrection(peer, { message, text: words });
  });
  watch(text, (typed) => {
    problem.value = null;
    if (aside !== null) return;
    teller.typed(typed === '');
    keepSoon();
  });
  watch(answering, (answered) => {
    if (answered === null) problem.value = null;
    keepSoon();
  });
  watch(spoiler, keepSoon);
  onMounted(() => window.addEventListener('pagehide', keep));
  let left = false;
  onBeforeUnmount(() => {
    left = true;
    window.removeEventListener('pagehide', keep);
    keep();
    teller.leave(draft() === '');
  });

  let running: Promise<boolean> | null = null;
  const sendAll = async (): Promise<boolean> => {
    sending.value = true;
    try {
      for (let next = going[0]; next !== undefined; next = going[0]) {
        const { body } = next;
        // It was changed while another one was on its way: it takes another Enter.
        if (!text.value.startsWith(body)) return false;
        const answer = await messages.send(peer, body, {
          answers: next.answers?.id,
          spoiler: next.spoiler ?? undefined,
        });
        if (!answer.ok) {
          problem.value = answer.error;
          return false;
        }
        going.shift();
        teller.sent();
        // What was typed meanwhile belongs to the next message.
        text.value = text.value.startsWith(body) ? text.value.slice(body.length) : text.value;
      }
      return true;
    } finally {
      // What did not go answers what it did.
      answering.value ??= going[0]?.answers ?? null;
      spoiler.value ??= going[0]?.spoiler ?? null;
      going.length = 0;
      running = null;
      sending.value = false;
      // The draft that was kept on leaving had in it what has gone since.
      if (left) keep();
    }
  };
  const send = (): Promise<boolean> => {
    const ahead = going.map(({ body }) => body).join('');
    const body = text.value.startsWith(ahead) ? text.value.slice(ahead.length) : '';
    if (body.trim() === '') return Promise.resolve(false);
    going.push({ body, answers: answering.value, spoiler: spoiler.value });
    answering.value = null;
    spoiler.value = null;
    return (running ??= sendAll());
  };
  const rewrite = async (message: Message): Promise<boolean> => {
    const body = text.value;
    if (sending.value || body.trim() === '') return false;
    sending.value = true;
    const answer = body === message.body ? null : await messages.rewrite(message.id, body);
    sending.value = false;
    const late = answer?.ok === false && answer.error.code === 'no-message';
    if (answer?.ok === false && !late) {
      problem.value = answer.error;
      return false;
    }
    // Too late: what was written now stays, in front of the draft that was put aside.
    if (late) aside = [body, aside].filter(Boolean).join('\n');
    editing.value = null;
    await nextTick();
    chats.leaveCorrection(peer, null);
    if (late) problem.value = 'too-late';
    return !late;
  };
  return { text, spoiler, sending, problem, send: () => (editing.value ? rewrite(editing.value) : send()) };
};
