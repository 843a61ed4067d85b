/** What was fetched for messages, and is of no use once they are gone. */
import type { Connection } from '../driver';
import type { LeftBehind } from '../store';

export interface Gone {
  readonly body: string;
  readonly file: string | null;
}

/** @param rows those that were deleted; a file that another message shares is still of use */
export function leftBehind(db: Connection, rows: readonly Gone[]): LeftBehind {
  const urls = new Set(rows.flatMap(({ file }) => (file === null ? [] : [urlOf(file)])));
  const links = new Set(rows.flatMap(({ body }) => body.match(/https?:\/\/\S{1,2000}/gi) ?? []));
  const used =
    urls.size === 0
      ? []
      : db.all<{ url: string }>(
          `SELECT DISTINCT json_extract(file, '$.url') AS url FROM messages INDEXED BY messages_files
           WHERE file IS NOT NULL AND json_extract(file, '$.url') IN (SELECT value FROM json_each(?))`,
          JSON.stringify([...urls]),
        );
  for (const { url } of used) urls.delete(url);
  return { files: [...urls], links: [...links] };
}

const urlOf = (file: string): string => (JSON.parse(file) as { readonly url: string }).url;
