/** What the buttons above the composer write (XEP-0393). */
export const stylings = ['strong', 'emphasis', 'strike', 'code', 'quote'] as const;
export type Styling = (typeof stylings)[number];

/** Put `text` in place of what is from `from` to `to`, then select from `start` to `end`. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const marks = { strong: '*', emphasis: '_', strike: '~', code: '`' } as const;
const fence = '```';

/** Takes the marks off when they are there already, inside the selection or right around it. */
const unwrapped = (text: string, start: number, end: number, mark: string): Edit | null => {
  const chosen = text.slice(start, end);
  const inside =
    chosen.length > 2 * mark.length &&
    chosen.startsWith(mark) &&
    chosen.endsWith(mark) &&
    !chosen.slice(mark.length, -mark.length).includes(mark);
  if (inside) {
    const bare = chosen.slice(mark.length, -mark.length);
    return { from: start, to: end, text: bare, start, end: start + bare.length };
  }
  const from = start - mark.length;
  const to = end + mark.length;
  const around = from >= 0 && text.slice(from, start) === mark && text.slice(end, to) === mark;
  return around ? { from, to, text: chosen, start: from, end: from + chosen.length } : null;
};

/** A span is of one line, begins after white space, and has none at its own ends: so every line gets its own marks. */
const wrapped = (text: string, start: number, end: number, mark: string): Edit => {
  const glued = start > 0 && !/\s/u.test(text[start - 1] ?? ' ') ? ' ' : '';
  const written = text
    .slice(start, end)
    .split('\n')
    .map((line) => (line.trim() === '' ? line : line.replace(/\S.*\S|\S/u, (said) => mark + said + mark)))
    .join('\n');
  const put = start === end ? mark + mark : written;
  const from = start + glued.length;
  return {
    ...{ from: start, to: end, text: glued + put },
    start: start === end ? from + mark.length : from,
    end: start === end ? from + mark.length : from + put.length,
  };
};

/** Whole lines get a `>`; those that all have one lose it. */
const quoted = (text: string, start: number, end: number): Edit => {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next < 0 ? text.length : next;
  const lines = text.slice(from, to).split('\n');
  const all = lines.every((line) => line.startsWith('>'));
  const put = lines.map((line) => (all ? line.replace(/^>\s?/u, '') : `> ${line}`)).join('\n');
  const caret = start === end ? from + put.length : from;
  return { from, to, text: put, start: caret, end: from + put.length };
};

/** Code of several lines stands between fences, on lines of their own. */
const fenced = (text: string, start: number, end: number): Edit => {
  const before = start > 0 && text[start - 1] !== '\n' ? '\n' : '';
  const after = end < text.length && text[end] !== '\n' ? '\n' : '';
  const code = text.slice(start, end);
  const from = start + before.length + fence.length + 1;
  return {
    ...{ from: start, to: end, text: `${before}${fence}\n${code}\n${fence}${after}` },
    ...{ start: from, end: from + code.length },
  };
};

/** What a styling makes of `text` with what is selected from `start` to `end`; done twice it is undone. */
export const styled = (text: string, start: number, end: number, styling: Styling): Edit => {
  if (styling === 'quote') return quoted(text, start, end);
  const mark = marks[styling];
  // White space at the ends of a selection stays outside.
  const chosen = text.slice(start, end);
  const bare = chosen.trim();
  const from = bare === '' ? start : start + chosen.indexOf(bare);
  const to = bare === '' ? start : from + bare.length;
  if (styling === 'code' && bare.includes('\n')) return fenced(text, from, to);
  return (bare === '' ? null : unwrapped(text, from, to, mark)) ?? wrapped(text, from, to, mark);
};
