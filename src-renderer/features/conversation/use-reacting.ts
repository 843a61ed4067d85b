import { nextTick, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Message } from '../../../src-shared/model/conversation';
import { useMessages } from '../../stores/messages';
import { useUi } from '../../stores/ui';

export interface Reacting {
  /** What one reacts to, with its row, while the picker is open. */
  readonly reacting: ShallowRef<{ readonly message: Message; readonly row: HTMLElement } | null>;
  /** Opens the picker at a message. */
  readonly pickFor: (message: Message) => void;
  /** The same from a menu. */
  readonly pickAfterMenu: (message: Message) => Promise<void>;
  /** What was chosen there. */
  readonly picked: (emoji: string) => void;
  readonly react: (message: Message, emoji: string) => Promise<void>;
}

/** Reactions (XEP-0444) to the messages of a list. */
export const useReacting = (list: Readonly<Ref<HTMLElement | null>>): Reacting => {
  const messages = useMessages();
  const ui = useUi();
  const reacting: Reacting['reacting'] = shallowRef(null);
  const rowOf = ({ id }: Message): HTMLElement | null | undefined =>
    list.value?.querySelector<HTMLElement>(`[data-message="${id}"]`);
  const pickFor = (message: Message): void => {
    const row = rowOf(message);
    if (row && message.reactable && !message.editable) reacting.value = { message, row };
  };
  const react = async (message: Message, emoji: string): Promise<void> => {
    const answer = await messages.react(message.id, emoji);
    if (!answer.ok) ui.sayError(answer.error, { 'no-message': 'conversation.react-refused' });
  };
  return {
    reacting,
    pickFor,
    async pickAfterMenu(message) {
      // The menu that goes away would take the focus back, and with it the picker.
      rowOf(message)?.focus({ preventScroll: true });
      await nextTick();
      pickFor(message);
    },
    picked(emoji) {
      if (reacting.value) void react(reacting.value.message, emoji);
      reacting.value = null;
    },
    react,
  };
};
