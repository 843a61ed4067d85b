import { computed, type ComputedRef } from 'vue';
import type { Message } from '../../../src-shared/model/conversation';
import { localPart } from '../../stores/jid';
import { useSession } from '../../stores/session';
import { plainName } from '../../text/names';

/** Whose picture: address and name. */
export interface Author {
  readonly jid: string;
  readonly name: string;
}
export interface Authors {
  readonly own: ComputedRef<Author>;
  /** What somebody else is called who wrote it. */
  readonly nameIn: (message: Message) => string;
  readonly pictureOf: (message: Message) => Author;
  /** Who wrote it, where others read that too: we are no "You" there, but who we are in the room, or at the server. */
  readonly namedIn: (message: Message) => string;
}

/** Who wrote the messages of a conversation, as that is shown; in a room everybody has a stone of his own. */
export const useAuthors = (peer: () => string, name: () => string): Authors => {
  const session = useSession();
  const theirs = computed(() => ({ jid: peer(), name: name() }));
  /** By nick. The same object each time: another one would draw the row anew. */
  const pictures = new Map<string, Author>();
  const own = computed(() => ({ jid: session.jid, name: localPart(session.jid) }));
  const nameIn = ({ nick }: Message): string => (nick ? plainName(nick, '?') : name());
  return {
    own,
    nameIn,
    namedIn: (message) => (message.direction === 'in' || message.nick ? nameIn(message) : own.value.name),
    pictureOf({ nick }) {
      if (!nick) return theirs.value;
      const picture = pictures.get(nick) ?? { jid: `${peer()}/${nick}`, name: plainName(nick, '?') };
      pictures.set(nick, picture);
      return picture;
    },
  };
};
