import { useChats } from '../../stores/chats';
import { useMessages } from '../../stores/messages';
import { useUi } from '../../stores/ui';

/** Reads what a conversation begins with: the place that is to be jumped to, else its end with all that is unread. */
export const useRead = () => {
  const messages = useMessages();
  const chats = useChats();
  const ui = useUi();
  const read = (peer: string): void =>
    void messages.open(peer, ui.jumpIn(peer) ?? undefined, chats.chat(peer)?.unread ?? 0);
  /** A press on a row of a list reads its conversation, so that it is there once the button is let go. */
  const readAhead = ({ button, target }: PointerEvent): void => {
    const row =
      target instanceof Element ? target.closest<HTMLElement>('[role=option], [role=treeitem]') : null;
    const peer = row?.dataset.person;
    if (button === 0 && peer !== undefined) read(peer);
  };
  return { read, readAhead };
};
