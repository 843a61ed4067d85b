/** Every call of the store as one synchronous step over the tables; a write is one transaction. */
import type { Connection } from './driver';
import type { OperationName } from './protocol';
import type { Store } from './store';
import { messageOperations } from './message-operations';
import { clearUnread, readConversation, readConversations } from './tables/conversations';
import { setDraft } from './tables/drafts';
import { readMessage, readPage } from './tables/messages';
import { getMeta, setMeta } from './tables/meta';
import { readOutbox, setWritten } from './tables/outbox';
import { putRequest, readRequests, removeRequest } from './tables/requests';
import { clearRoster, insertContact, readRoster, removeContact } from './tables/roster';

export type Operations = {
  readonly [N in OperationName]: (...args: Parameters<Store[N]>) => Awaited<ReturnType<Store[N]>>;
};

export interface Connections {
  readonly writer: Connection;
  /** The writer itself when the database is in memory. */
  readonly reader: Connection;
}

/**
 * What a call repeated after the process died has to know: every operation gives the same answer a second time,
 * though the first may have been committed without being told (R27).
 */
export interface Replay {
  /** The call was sent before, to a process that died with it. */
  readonly again: boolean;
  /** True, once, for a row that was committed by a process that died before it could tell. */
  readonly untold: (id: number) => boolean;
}

export function createOperations({ reader, writer }: Connections, replay: () => Replay): Operations {
  return {
    ...messageOperations(writer, replay),
    roster: () => ({ version: getMeta(reader, 'roster-version'), rows: readRoster(reader) }),
    putRoster: (version, rows) => {
      writer.transaction(() => {
        clearRoster(writer);
        for (const row of rows) insertContact(writer, row);
        setMeta(writer, 'roster-version', version);
      });
    },
    putContact: (version, jid, row) => {
      writer.transaction(() => {
        removeContact(writer, jid);
        if (row) insertContact(writer, row);
        setMeta(writer, 'roster-version', version);
      });
    },
    requests: () => readRequests(reader),
    putRequest: (request) => {
      putRequest(writer, request);
    },
    removeRequest: (jid) => {
      removeRequest(writer, jid);
    },
    chats: () => readConversations(reader),
    chat: (peer) => readConversation(reader, peer),
    page: (peer, before, limit) => readPage(reader, peer, before, limit),
    message: (id) => readMessage(reader, id),
    outbox: () => readOutbox(reader),
    markWritten: (id) => setWritten(writer, id),
    markRead: (peer) => {
      clearUnread(writer, peer);
    },
    setDraft: (peer, draft) => {
      setDraft(writer, peer, draft);
    },
  };
}
