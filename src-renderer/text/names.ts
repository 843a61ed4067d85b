/** Explicit bidi controls: embeddings, overrides and isolates (UAX #9 §2). Marks such as U+200F only help, they stay. */
const bidiControls = /[\u202A-\u202E\u2066-\u2069]/g;
/** What draws nothing, or a box: C0 and C1 controls, soft hyphens, byte order marks, tags, interlinear marks. */
const invisible = /[\p{Cc}\u00AD\uFEFF\uFFF9-\uFFFB\u{E0001}]/gu;

/** Nearly all are: letters and signs of one byte, with nothing around them. */
const plain = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * A name as it may stand in a row beside our own words: one line, without controls that turn what follows
 * (T13, T16). Falls back when nothing visible is left.
 */
export const plainName = (name: string, fallback = ''): string => {
  if (plain.test(name)) return name;
  const line = name
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(bidiControls, '')
    .replace(invisible, '')
    .trim();
  return /[^\s\u200B-\u200F\u2060-\u2064\u3164\uFFA0]/u.test(line) ? line : fallback;
};
