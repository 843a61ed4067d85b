import type { Ref } from 'vue';
import type { Message } from '../../../src-shared/model/conversation';
import { isAnswerable } from '../../../src-shared/model/quoted';
import { useApp } from '../../stores/app';
import { isShortcut } from '../shell/shortcut-list';
import { useMaySpeak } from './use-may-speak';
import type { usePick } from './use-pick';
import type { Selection } from './use-selection';

export interface LogKeysParts {
  readonly find: (id: number) => Message | null;
  readonly copy: (message: Message) => void;
  /** All that are chosen. */
  readonly copyChosen: () => void;
  readonly react: (message: Message) => void;
  readonly reply: (message: Message) => void;
  readonly newest: () => void;
}

/** The keys of a list of messages: arrows go from message to message, shortcuts act on the one in focus. */
export const useLogKeys = (
  list: Readonly<Ref<HTMLElement | null>>,
  selection: Selection,
  pick: Pick<ReturnType<typeof usePick>, 'key' | 'moved'>,
  { find, copy, copyChosen, react, reply, newest }: LogKeysParts,
): ((event: KeyboardEvent) => void) => {
  const app = useApp();
  const { maySpeak } = useMaySpeak();
  const isCopy = (event: KeyboardEvent): boolean => isShortcut(event, 'copy-message', app.platform);
  const act = (event: KeyboardEvent, message: Message | null): void => {
    if (!message) return;
    if (isCopy(event) && getSelection()?.isCollapsed !== false) copy(message);
    else if (selection.on.value || !maySpeak(message.peer)) return;
    else if (isShortcut(event, 'react', app.platform)) {
      event.preventDefault();
      react(message);
    } else if (isShortcut(event, 'reply', app.platform) && isAnswerable(message) && !message.editable) {
      event.preventDefault();
      reply(message);
    }
  };
  return (event) => {
    const articles = [...(list.value?.querySelectorAll<HTMLElement>('[data-message]') ?? [])];
    const here = articles.findIndex((article) => article === document.activeElement);
    if (pick.key(event)) return;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const next = here === -1 ? articles.length - 1 : here + (event.key === 'ArrowUp' ? -1 : 1);
      articles[next]?.focus();
      pick.moved(event, articles[here], articles[next]);
      event.preventDefault();
    } else if (event.key === 'End' && (event.ctrlKey || here === -1)) newest();
    else if (isCopy(event) && selection.on.value) copyChosen();
    else if (here !== -1) act(event, find(Number(articles[here]?.dataset['message'])));
  };
};
