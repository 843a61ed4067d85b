/** Blocks of lines, XEP-0393 §6.1. */

/** A line, with the quote marks in front of it that its blocks took off, and its end. */
export interface Line {
  readonly marks: string;
  readonly text: string;
  readonly end: '\n' | '';
}

export type Block =
  | { readonly type: 'line'; readonly line: Line }
  | { readonly type: 'quote'; readonly children: readonly Block[] }
  | {
      readonly type: 'code';
      readonly opening: Line;
      readonly lines: readonly Line[];
      /** Null: nothing closes it, so that it goes to the end of what it is in. */
      readonly closing: Line | null;
    };

/** Quotes in quotes no deeper than this: what is further in is text. */
const deepest = 8;
const fence = '```';

const linesOf = (body: string): readonly Line[] => {
  const texts = body.split('\n');
  return texts.map((text, index) => ({ marks: '', text, end: index < texts.length - 1 ? '\n' : '' }));
};

/** Takes `>` and the white space after it off a line. */
const unquoted = ({ marks, text, end }: Line): Line => {
  const mark = /^>\s?/u.exec(text)?.[0] ?? '';
  return { marks: marks + mark, text: text.slice(mark.length), end };
};

const blocksOf = (lines: readonly Line[], depth: number): readonly Block[] => {
  const blocks: Block[] = [];
  let at = 0;
  const take = (while_: (line: Line) => boolean): readonly Line[] => {
    const from = at;
    for (let line = lines[at]; line && while_(line); line = lines[at]) at += 1;
    return lines.slice(from, at);
  };
  for (let line = lines[at]; line; line = lines[at]) {
    if (line.text.startsWith(fence)) {
      at += 1;
      const inside = take(({ text }) => text !== fence);
      blocks.push({ type: 'code', opening: line, lines: inside, closing: lines[at] ?? null });
      at += 1;
    } else if (line.text.startsWith('>') && depth < deepest) {
      const quote = take(({ text }) => text.startsWith('>')).map(unquoted);
      blocks.push({ type: 'quote', children: blocksOf(quote, depth + 1) });
    } else {
      at += 1;
      blocks.push({ type: 'line', line });
    }
  }
  return blocks;
};

/** Lines that begin with a fence open code, those that begin with `>` are quotes of blocks; every other line stands alone. */
export const parseBlocks = (body: string): readonly Block[] => blocksOf(linesOf(body), 0);
