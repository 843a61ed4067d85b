/** Every call of the store as one synchronous step over the tables; each write is all or nothing (engine.ts). */
import { addOperations } from './add-operations';
import { archiveOperations } from './archive-operations';
import { chatOperations } from './chat-operations';
import type { Connection } from './driver';
import { fileOperations } from './file-operations';
import { historyOperations } from './history-operations';
import { outboxOperations } from './outbox-operations';
import { roomOperations } from './room-operations';
import type { OperationName } from './protocol';
import type { Store } from './store';
import { putAvatar, readAvatars, readPicture } from './tables/avatars';
import { getMeta, setMeta } from './tables/meta';
import { putRequest, readRequests, removeRequest } from './tables/requests';
import { clearRoster, insertContact, readRoster, removeContact } from './tables/roster';
import {
  putCapabilities,
  putSession,
  putSetting,
  readCapabilities,
  readSession,
  readSetting,
} from './tables/saved';

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

export function createOperations(connections: Connections, replay: () => Replay): Operations {
  const { reader, writer } = connections;
  return {
    ...addOperations(writer, replay),
    ...outboxOperations(connections, replay),
    ...chatOperations(connections),
    ...archiveOperations(connections, replay),
    ...historyOperations(connections),
    ...roomOperations(connections),
    ...fileOperations(connections),
    roster: () => ({ version: getMeta(reader, 'roster-version'), rows: readRoster(reader) }),
    putRoster: (version, rows) => {
      clearRoster(writer);
      for (const row of rows) insertContact(writer, row);
      setMeta(writer, 'roster-version', version);
    },
    putContact: (version, jid, row) => {
      removeContact(writer, jid);
      if (row) insertContact(writer, row);
      setMeta(writer, 'roster-version', version);
    },
    requests: () => readRequests(reader),
    putRequest: (request) => {
      putRequest(writer, request);
    },
    removeRequest: (jid) => {
      removeRequest(writer, jid);
    },
    saveSession: (session) => {
      putSession(writer, session);
    },
    savedSession: () => readSession(reader),
    capabilities: (key) => readCapabilities(reader, key),
    putCapabilities: (key, info) => {
      putCapabilities(writer, key, info);
    },
    setting: (key) => readSetting(reader, key),
    putSetting: (key, value) => {
      putSetting(writer, key, value);
    },
    avatars: () => readAvatars(reader),
    picture: (hash) => readPicture(reader, hash),
    putAvatar: (jid, hash, picture) => {
      putAvatar(writer, jid, hash, picture);
    },
  };
}
