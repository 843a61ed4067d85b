import type { ExportFormat, ExportRow, FileFormat } from '../../../src-shared/model/history';
import type { Translate } from '../../../src-shared/i18n';
import { htmlWriter } from './html';
import { jsonWriter } from './json';
import { textWriter } from './text';

/** A conversation of an export: its rows follow. */
export interface ExportChat {
  readonly peer: string;
  /** As the contact list has it; the address where it has none. */
  readonly name: string;
}

/** What a writer is told before the first row. */
export interface ExportHead {
  /** Own bare JID. */
  readonly account: string;
  /** Epoch milliseconds of the export. */
  readonly at: number;
  /** In the order in which they come. */
  readonly chats: readonly ExportChat[];
}

/** Turns rows into the text of a file, piece by piece. Calls: head, then for each conversation chat and its rows, then tail. */
export interface Writer {
  head(head: ExportHead): string;
  chat(chat: ExportChat): string;
  /** The next rows of the conversation. */
  rows(rows: readonly ExportRow[]): string;
  tail(): string;
}

export interface WriterOptions {
  readonly t: Translate;
  /** Of days and times; the computer's own where it is not given. */
  readonly timeZone?: string;
}

const writers: Readonly<Record<ExportFormat, (options: WriterOptions) => Writer>> = {
  html: htmlWriter,
  json: jsonWriter,
  text: textWriter,
};
export const extensions: Readonly<Record<FileFormat, string>> = {
  html: 'html',
  json: 'json',
  text: 'txt',
  pdf: 'pdf',
};

export const createWriter = (format: ExportFormat, options: WriterOptions): Writer =>
  writers[format](options);
