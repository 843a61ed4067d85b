import type { Connection } from '../driver';
import { StoreError } from '../store';
import { first } from './0001-first';
import { identity } from './0002-identity';
import { search } from './0003-search';
import { styling } from './0004-styling';
import { avatars } from './0005-avatars';
import { chatMarks } from './0006-chat-marks';
import { deleted } from './0007-deleted';
import { ownAmendments } from './0008-own-amendments';
import { rooms } from './0009-rooms';
import { reactions } from './0010-reactions';
import { files } from './0011-files';
import { invitations } from './0012-invitations';
import { replies } from './0013-replies';
import { spoilers } from './0014-spoilers';
import { pins } from './0015-pins';
import { moderation } from './0016-moderation';
import { laterSpoilers } from './0017-later-spoilers';
import { roomAuthors } from './0018-room-authors';
import { thumbnails } from './0019-thumbnails';
import { approved } from './0020-approved';
import { draftSpoilers } from './0021-draft-spoilers';
import { uploadAnswers } from './0022-upload-answers';
import { mentionRule } from './0023-mention-rule';
import { laterMentions } from './0024-later-mentions';
import { roomKinds } from './0025-room-kinds';
import { searchSenders } from './0026-search-senders';
import { roomReaders } from './0027-room-readers';
import { uninvited } from './0028-uninvited';
import { uploadWhom } from './0029-upload-whom';
import type { Migration } from './migration';

export const migrations: readonly Migration[] = [
  first,
  identity,
  search,
  styling,
  avatars,
  chatMarks,
  deleted,
  ownAmendments,
  rooms,
  reactions,
  files,
  invitations,
  replies,
  spoilers,
  pins,
  moderation,
  laterSpoilers,
  roomAuthors,
  thumbnails,
  approved,
  draftSpoilers,
  uploadAnswers,
  mentionRule,
  laterMentions,
  roomKinds,
  searchSenders,
  roomReaders,
  uninvited,
  uploadWhom,
];

/**
 * Brings a database to the newest schema; each migration is one transaction with its version number (R14: old or
 * new, never a mix).
 * @throws StoreError `newer` when a newer Flint made the database
 */
export function migrate(db: Connection, steps: readonly Migration[] = migrations): void {
  const newest = steps.at(-1)?.version ?? 0;
  if (versionOf(db) > newest) {
    throw new StoreError('newer', `the database is of version ${versionOf(db)}, newer than ${newest}`);
  }
  for (const step of steps) {
    if (step.version <= versionOf(db)) continue;
    db.transaction(() => {
      // Asked again under the lock: another process may have come first.
      if (step.version <= versionOf(db)) return;
      step.up(db);
      db.exec(`PRAGMA user_version = ${step.version}`);
    });
  }
}

const versionOf = (db: Connection): number =>
  db.one<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
