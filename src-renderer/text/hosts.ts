const scripts = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  [
    'East Asian',
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u,
  ],
] as const;
/** Scripts whose letters pass for Latin ones (UTS #39 §4). */
const lookAlikes = new Set(['Cyrillic', 'Greek', 'Armenian', 'Cherokee']);

/**
 * Whether a label of a host name can pass for another: it mixes scripts (only Latin beside East Asian is usual,
 * UTS #39 §5.2 "highly restrictive") or is written in letters that look Latin.
 */
export const looksMixed = (label: string): boolean => {
  const found = scripts.filter(([, letters]) => letters.test(label)).map(([name]) => name);
  if (found.some((name) => lookAlikes.has(name))) return true;
  return (
    found.filter((name) => name !== 'East Asian').length > 1 || (found.length > 1 && !found.includes('Latin'))
  );
};

/**
 * What a reader has to see beside a link to know where it goes, or null when the text says it already: the host in
 * ASCII when it is written in letters that can deceive, and the host after a user name (`https://bank.example@evil.example`).
 */
export const trueHost = (shown: string, href: string): string | null => {
  if (!/^https?:/i.test(href)) return null;
  const url = new URL(href);
  if (url.username !== '' || url.password !== '') return url.host;
  const authority = shown.replace(/^[a-z]+:\/\//i, '').split(/[/?#]/, 1)[0] ?? '';
  return authority.split('.').some(looksMixed) ? url.host : null;
};
