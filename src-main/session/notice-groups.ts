/** What has come in one conversation since it was last read or put away. */
export interface NoticeGroup {
  readonly name: string;
  readonly count: number;
  /** The newest ones, oldest first. */
  readonly lines: readonly string[];
}

/** A notification has no room for more. */
const LINES = 3;
const LINE = 300;
const SHORT_LINE = 120;

/** A text as one of several: in one line, and cut. */
const short = (text: string): string => {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length > SHORT_LINE ? `${line.slice(0, SHORT_LINE - 1)}…` : line;
};

export const addTo = (group: NoticeGroup | undefined, name: string, text: string): NoticeGroup => ({
  name,
  count: (group?.count ?? 0) + 1,
  lines: [...(group?.lines ?? []), text].slice(-LINES),
});

/** What a notification says of it. */
export const bodyOf = ({ lines, count }: NoticeGroup): string =>
  count === 1 ? (lines[0] ?? '').slice(0, LINE) : lines.map(short).join('\n');
