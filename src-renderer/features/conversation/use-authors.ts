import { computed, type ComputedRef } from 'vue';
import type { Message } from '../../../src-shared/model/conversation';
import { localPart } from '../../stores/jid';
import { useRooms } from '../../stores/rooms';
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
  /** What he is in the room beside that, in its words (XEP-0317), where he who is there now said it. */
  readonly hatsOf: (message: Message) => readonly string[];
  /** Who wrote it, where others read that too: we are no "You" there, but who we are in the room, or at the server. */
  readonly namedIn: (message: Message) => string;
}

const none: readonly string[] = [];
/** Who wrote the messages of a conversation, as that is shown; in a room everybody has a stone of his own. */
export const useAuthors = (peer: () => string, name: () => string): Authors => {
  const session = useSession();
  const rooms = useRooms();
  const theirs = computed(() => ({ jid: peer(), name: name() }));
  /** By nick. The same object each time: another one would draw the row anew. */
  const pictures = new Map<string, Author>();
  /** By all of them, for the same reason. */
  const kept = new Map<string, readonly string[]>();
  const hats = computed(
    () =>
      new Map(
        (rooms.room(peer())?.wearers ?? []).flatMap((one) => {
          const titles = one.hats.map((title) => plainName(title)).filter((title) => title !== '');
          const key = titles.join('\n');
          const same = kept.get(key) ?? titles;
          kept.set(key, same);
          return one.authors.map((author) => [author, same] as const);
        }),
      ),
  );
  const own = computed(() => ({ jid: session.jid, name: localPart(session.jid) }));
  const nameIn = ({ nick }: Message): string => (nick ? plainName(nick, '?') : name());
  return {
    own,
    nameIn,
    namedIn: (message) => (message.direction === 'in' || message.nick ? nameIn(message) : own.value.name),
    hatsOf: ({ author }) => (author === undefined ? none : (hats.value.get(author) ?? none)),
    pictureOf({ nick }) {
      if (!nick) return theirs.value;
      const picture = pictures.get(nick) ?? { jid: `${peer()}/${nick}`, name: plainName(nick, '?') };
      pictures.set(nick, picture);
      return picture;
    },
  };
};
