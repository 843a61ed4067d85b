/** What the history on this computer can answer: search, size, export. */
import type { Message } from './conversation';

/** A piece of a message's text round a hit; `marks` are [start, end) in UTF-16 units of `text`. */
export interface Snippet {
  readonly text: string;
  readonly marks: readonly (readonly [start: number, end: number])[];
}
export interface SearchHit {
  /** With `spoiler` the snippet is of its hint: what is covered is not shown here either. */
  readonly message: Pick<Message, 'id' | 'peer' | 'direction' | 'nick' | 'at' | 'spoiler'>;
  readonly snippet: Snippet;
}
/** Newest first. */
export interface SearchResult {
  readonly hits: readonly SearchHit[];
  readonly more: boolean;
}

export interface HistorySize {
  /** On disk, with side files; 0 in memory. */
  readonly bytes: number;
  readonly messages: number;
  readonly chats: number;
  /** Epoch milliseconds of the oldest message. */
  readonly oldest: number | null;
}

export const exportFormats = ['html', 'json', 'text'] as const;
export type ExportFormat = (typeof exportFormats)[number];
/** What a conversation can be kept as: a PDF is the web page on paper. */
export const fileFormats = [...exportFormats, 'pdf'] as const;
export type FileFormat = (typeof fileFormats)[number];
export type ExportRow = Pick<
  Message,
  | 'id'
  | 'peer'
  | 'direction'
  | 'kind'
  | 'nick'
  | 'subject'
  | 'body'
  | 'at'
  | 'delivery'
  | 'edited'
  | 'retracted'
>;
/** An export or a deletion that is under way, or how it ended. */
export interface HistoryWork {
  readonly kind: 'export' | 'delete';
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly done: number;
  /** Null: not known. */
  readonly total: number | null;
  /** The exported file's name, once it is done. */
  readonly file: string | null;
  /** An error code of `failed`. */
  readonly reason: string | null;
}

/** XEP-0313 §6: who is archived at the server when nothing else is said, and exceptions. */
export interface ArchivePreferences {
  readonly default: 'always' | 'never' | 'roster';
  readonly always: readonly string[];
  readonly never: readonly string[];
}

/**
 * What the server's archive is to this session: none there; being read (how many messages so far); all that is missing has
 * been read; or it could not be (R10, a refusal): what is missing is marked in the conversations. The condition is the server's,
 * or `store-` and the reason where the disk refuses (R12).
 */
export type ArchiveState =
  | { readonly is: 'unknown' | 'none' | 'current' }
  | { readonly is: 'reading'; readonly done: number }
  | { readonly is: 'failed'; readonly condition: string };
