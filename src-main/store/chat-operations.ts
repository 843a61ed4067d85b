/** Conversations: their pages, what is read of them, where they belong, what is typed in them. */
import type { Connections, Operations } from './operations';
import { readVersions } from './tables/amendments';
import { clearUnreadMark, setMarks } from './tables/chat-marks';
import { disinvite, readConversation, readConversations, setStanding } from './tables/conversations';
import { setDraft } from './tables/drafts';
import { readAuthor, readMessage, readPins, readRoomId, setPin } from './tables/messages';
import { readPage } from './tables/pages';
import { daysWith, firstSince } from './tables/time';
import { readAll, readPlace, readUpTo } from './tables/read-place';

type Name =
  | 'chats'
  | 'chat'
  | 'page'
  | 'firstSince'
  | 'daysWith'
  | 'message'
  | 'versions'
  | 'roomId'
  | 'authorOf'
  | 'pins'
  | 'pin'
  | 'markRead'
  | 'readPlace'
  | 'setStanding'
  | 'disinvite'
  | 'setMarks'
  | 'setDraft';

export function chatOperations({ reader, writer }: Connections): Pick<Operations, Name> {
  return {
    chats: () => readConversations(reader),
    chat: (peer) => readConversation(reader, peer),
    page: (peer, anchor, limit) => readPage(reader, peer, anchor, limit),
    firstSince: (peer, at) => firstSince(reader, peer, at),
    daysWith: (peer, starts) => daysWith(reader, peer, starts),
    message: (id) => readMessage(reader, id),
    versions: (id) => readVersions(reader, id),
    roomId: (id) => readRoomId(reader, id),
    authorOf: (id) => readAuthor(reader, id),
    pins: (peer) => readPins(reader, peer),
    pin: (id, since) => {
      setPin(writer, id, since);
      const message = readMessage(writer, id);
      return message && !message.retracted ? message : null;
    },
    markRead: (peer, upTo) => {
      const changed = upTo === null ? readAll(writer, peer) : readUpTo(writer, peer, upTo);
      const cleared = (upTo === null || changed) && clearUnreadMark(writer, peer);
      return changed || cleared ? readConversation(writer, peer) : null;
    },
    readPlace: (peer) => readPlace(reader, peer),
    disinvite: (peer) => disinvite(writer, peer),
    setStanding: (peer, standing) => {
      setStanding(writer, peer, standing);
      return readConversation(writer, peer);
    },
    setMarks: (peer, marks) => {
      setMarks(writer, peer, marks);
      return readConversation(writer, peer);
    },
    setDraft: (peer, draft, answers, spoiler) => {
      setDraft(writer, peer, draft, answers, spoiler);
    },
  };
}
