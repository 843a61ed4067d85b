/** A message longer than this is folded; a little over is shown whole, for a fold that hides one line is a nuisance. */
export const foldLimits = { characters: 3000, lines: 60, slackCharacters: 600, slackLines: 12 } as const;

/** The place of the last line break before `end`, or of the last space, or `end` itself, never inside a character. */
const cutBefore = (body: string, end: number): number => {
  const line = body.lastIndexOf('\n', end);
  if (line > end * 0.8) return line;
  const space = body.lastIndexOf(' ', end);
  if (space > end * 0.9) return space;
  // A window is enough to find where a character (an emoji with joiners, say) begins.
  const from = Math.max(0, end - 64);
  const window = body.slice(from, end + 64);
  let cut = end;
  for (const { index } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(window)) {
    if (from + index > end) break;
    if (index > 0) cut = from + index;
  }
  return cut;
};

/** The first part of a very long message, or null when it is short enough to be shown whole. */
export const fold = (body: string): string | null => {
  let lines = 0;
  let end = -1;
  for (let at = body.indexOf('\n'); at !== -1; at = body.indexOf('\n', at + 1)) {
    lines += 1;
    if (lines === foldLimits.lines) end = at;
  }
  const tooManyLines = lines > foldLimits.lines + foldLimits.slackLines;
  const byLines = tooManyLines ? end : body.length;
  if (byLines <= foldLimits.characters) return tooManyLines ? body.slice(0, byLines) : null;
  if (!tooManyLines && body.length <= foldLimits.characters + foldLimits.slackCharacters) return null;
  return body.slice(0, cutBefore(body, foldLimits.characters));
};
