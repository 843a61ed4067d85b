/** What the session layer sees of the store as far as files go. */
import type { Message } from '../../src-shared/model/conversation';
import type { SharedFile, Upload } from '../../src-shared/model/file';

/** A file on its way into a conversation; `originId` is that of the message that it becomes. */
export interface UploadRow {
  readonly id: number;
  readonly peer: string;
  readonly path: string;
  /** A copy that we made: it goes with the row. */
  readonly copied: boolean;
  readonly name: string;
  readonly size: number;
  readonly originId: string;
  /** A data: address (XEP-0264). */
  readonly thumbnail: string | null;
  /** The row that its message is an answer to (XEP-0461), as long as that is there. */
  readonly answers: number | null;
  /** To somebody in a room alone: whom it was chosen for (see roomAuthor). */
  readonly whom?: string | null;
  readonly at: number;
  readonly fault: Upload['fault'];
}
export type NewUpload = Omit<UploadRow, 'id'>;

export interface FileStore {
  /** Files on their way, in the order in which they were chosen. */
  uploads(): Promise<readonly UploadRow[]>;
  addUpload(upload: NewUpload): Promise<UploadRow>;
  setUploadFault(id: number, fault: UploadRow['fault']): Promise<void>;
  removeUpload(id: number): Promise<void>;
  /** Messages of a conversation that share a file, the latest first; `before`: older than that row. */
  files(peer: string, before: number | null, limit: number): Promise<readonly Message[]>;
  /** More is known of the file that a message shares. */
  describeFile(id: number, file: SharedFile): Promise<void>;
  /** What one computer was to give the other, and has not: it ended with the last run of the app. */
  endDirectFiles(): Promise<void>;
}
