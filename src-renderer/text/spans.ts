/** Spans inside one line, XEP-0393 §6.2. */
export type SpanStyle = 'strong' | 'emphasis' | 'strike' | 'code';
const styles: Readonly<Record<string, SpanStyle>> = {
  '*': 'strong',
  _: 'emphasis',
  '~': 'strike',
  '`': 'code',
};

export type Span =
  | { readonly type: 'plain'; readonly text: string }
  | {
      readonly type: 'span';
      readonly style: SpanStyle;
      /** The character before and after it. */
      readonly mark: string;
      readonly children: readonly Span[];
    };

const space = /\s/u;

/** Where the span that `mark` opens at `open` ends; -1 when it opens none. The first end that is allowed counts. */
const closing = (line: string, mark: string, open: number, end: number): number => {
  let said = false;
  for (let at = open + 1; at < end; at += 1) {
    if (line[at] !== mark) said = true;
    else if (said && !space.test(line[at - 1] ?? ' ')) return at;
  }
  return -1;
};

/**
 * A span opens at the beginning, after white space or right inside another span, and not before white space; it closes
 * at the first same mark that does not follow white space, with something in between. All else is plain text.
 */
export const parseSpans = (line: string, from = 0, end = line.length): readonly Span[] => {
  const spans: Span[] = [];
  /** Marks that close nowhere in the rest: not looked for again, so that no line takes long. */
  const open = new Set<string>();
  let plain = from;
  for (let at = from; at < end; at += 1) {
    const mark = line[at] ?? '';
    const style = styles[mark];
    if (style === undefined || open.has(mark)) continue;
    const begins = at === from || space.test(line[at - 1] ?? ' ');
    if (!begins || at + 1 >= end || space.test(line[at + 1] ?? ' ')) continue;
    const close = closing(line, mark, at, end);
    if (close < 0) {
      open.add(mark);
      continue;
    }
    if (plain < at) spans.push({ type: 'plain', text: line.slice(plain, at) });
    const children: readonly Span[] =
      style === 'code'
        ? [{ type: 'plain', text: line.slice(at + 1, close) }]
        : parseSpans(line, at + 1, close);
    spans.push({ type: 'span', style, mark, children });
    plain = close + 1;
    at = close;
  }
  if (plain < end) spans.push({ type: 'plain', text: line.slice(plain, end) });
  return spans;
};
