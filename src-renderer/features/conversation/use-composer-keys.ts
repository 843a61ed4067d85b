import type { Ref } from 'vue';
import type { Message } from '../../../src-shared/model/conversation';
import type { Quoted } from '../../../src-shared/model/quoted';
import { useApp } from '../../stores/app';
import { useChats } from '../../stores/chats';
import { useMessages } from '../../stores/messages';

export interface ComposerKeysParts {
  readonly text: Readonly<Ref<string>>;
  readonly editing: Ref<Message | null>;
  readonly answering: Ref<Quoted | null>;
  /** Of a list that is open; answers whether it was for one. */
  readonly inList: (event: KeyboardEvent) => boolean;
  readonly style: (event: KeyboardEvent) => void;
  readonly press: () => void;
}

/** The keys of the field where one writes: Enter sends, Escape leaves an edit or an answer, ↑ in an empty field takes the last message. */
export const useComposerKeys = (
  peer: string,
  { text, editing, answering, inList, style, press }: ComposerKeysParts,
): ((event: KeyboardEvent) => void) => {
  const app = useApp();
  const chats = useChats();
  const messages = useMessages();
  const enter = (event: KeyboardEvent): void => {
    // An input method uses Enter to choose a word.
    if (event.isComposing || event.shiftKey || event.altKey) return;
    // Where Enter alone begins a line, the field does that by itself.
    if (!app.settings.enterSends && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    press();
  };
  const escape = (event: KeyboardEvent): void => {
    if (event.isComposing || (!editing.value && !answering.value)) return;
    event.preventDefault();
    if (editing.value) editing.value = null;
    else answering.value = null;
  };
  /** In an empty field: the message whose change was left, else the last one that can still be changed. */
  const editLast = (event: KeyboardEvent): void => {
    if (event.isComposing || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    if (text.value !== '' || editing.value) return;
    const left = chats.leftCorrection(peer)?.message.id;
    const changeable = messages
      .page(peer)
      .messages.filter(({ editable, correctable, file }) => (editable || correctable) && !file);
    const last = changeable.find(({ id }) => id === left) ?? changeable.at(-1);
    if (!last) return;
    event.preventDefault();
    editing.value = last;
  };
  return (event) => {
    if (inList(event)) return;
    if (event.key === 'Enter') enter(event);
    else if (event.key === 'Escape') escape(event);
    else if (event.key === 'ArrowUp') editLast(event);
    else style(event);
  };
};
