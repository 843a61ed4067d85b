/** Addresses that are made to look like others (T16; UTS #39, RFC 7622 §6.3): what a reader is to be told of them. */

/** Scripts that are told apart; everything else counts as one more. */
const scripts = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Cherokee',
  'Coptic',
  'Georgian',
  'Han',
  'Hiragana',
  'Katakana',
  'Bopomofo',
  'Hangul',
  'Hebrew',
  'Arabic',
  'Syriac',
  'Thaana',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Thai',
  'Lao',
  'Tibetan',
  'Myanmar',
  'Khmer',
  'Ethiopic',
  'Mongolian',
  'Lisu',
] as const;
type Script = (typeof scripts)[number] | 'Other';

const tests = scripts.map((script) => ({
  script,
  of: new RegExp(`^\\p{Script_Extensions=${script}}$`, 'u'),
}));
const shared = /^[\p{Script=Common}\p{Script=Inherited}]$/u;

/** Scripts that are written together (UTS #39 §5.2, "highly restrictive"). */
const together: readonly ReadonlySet<Script>[] = [
  new Set<Script>(['Latin', 'Han', 'Hiragana', 'Katakana']),
  new Set<Script>(['Latin', 'Han', 'Bopomofo']),
  new Set<Script>(['Latin', 'Han', 'Hangul']),
];

const scriptsOf = (character: string): readonly Script[] => {
  const found = tests.filter(({ of }) => of.test(character)).map(({ script }) => script);
  return found.length > 0 ? found : ['Other'];
};

/** Whether one word mixes scripts that nobody writes together. */
const mixes = (word: string): boolean => {
  const letters = [...word].filter((one) => !/^[\0-\u007F]$/.test(one) && !shared.test(one)).map(scriptsOf);
  if (letters.length === 0) return false;
  if (/[a-z]/i.test(word)) letters.push(['Latin']);
  const one = scripts.some((script) => letters.every((set) => set.includes(script)));
  const onlyOther = letters.every((set) => set.includes('Other'));
  return !(
    one ||
    onlyOther ||
    together.some((group) => letters.every((set) => set.some((s) => group.has(s))))
  );
};

/** Letters of other scripts that are drawn like Latin ones (UTS #39 confusables, lower case; ASCII digits count as letters). */
const pairs = (letters: string, latin: string): readonly (readonly [string, string])[] =>
  Array.from(letters, (letter, i) => [letter, latin.charAt(i)] as const);
const twins: ReadonlyMap<string, string> = new Map([
  ...pairs('аеорсухѕіјһԁԛԝӏьгпкмтвзб', 'aeopcyxsijhdqwlbrnkmtb36'),
  ...pairs('αορνικυτχγηω', 'aopvikutxynw'),
  ...pairs('օսոհցզյք', 'ounhgqjp'),
]);
/** Those that nobody can tell from Latin at a glance. */
const exact = /^[аеорсухѕіјһԁԛԝӏοορνօսոհցԁյ0-9._-]+$/u;

/** Words of one other script that could as well be Latin ("аррӏе"). */
const looksLatin = (word: string): boolean =>
  /\P{ASCII}/u.test(word) && exact.test(word) && !/[a-z]/i.test(word);

const words = (bare: string): readonly string[] => (bare.split('/', 1)[0] ?? '').split(/[@.]/);

/** Whether a part of the address mixes scripts, or imitates Latin with the letters of another one: it gets a mark. */
export const mixedScripts = (jid: string): boolean =>
  words(jid).some((word) => /\P{ASCII}/u.test(word) && (mixes(word) || looksLatin(word)));

/** Without marks, and with the Latin letters that others are drawn like; most addresses have nothing else. */
const inLatin = (bare: string): string =>
  /\P{ASCII}/u.test(bare)
    ? [...bare.normalize('NFD')]
        .filter((one) => !/\p{M}/u.test(one))
        .map((one) => twins.get(one) ?? one)
        .join('')
    : bare;

/** One text for all that look the same: for comparing addresses by their looks, never for anything else. */
const skeleton = (jid: string): string =>
  inLatin(jid.split('/', 1)[0] ?? '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replace(/0/g, 'o')
    .replace(/1/g, 'l');

/** The one among `known` addresses that this one could be taken for, or null. */
export const lookAlike = (jid: string, known: Iterable<string>): string | null => {
  const looks = skeleton(jid);
  for (const other of known) if (other !== jid && skeleton(other) === looks) return other;
  return null;
};
