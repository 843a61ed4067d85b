const strokes: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
};

/** Most names and addresses are nothing else, and their small letters are all there is to them. */
const plain = /^[ -~]*$/;

/** A text as it is compared in search: small letters without their marks, so that "wisniewski" finds Wiśniewski. */
export const fold = (text: string): string =>
  plain.test(text)
    ? text.toLowerCase()
    : text
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .replace(/[łøđðþßæœıħ]/gu, (sign) => strokes[sign] ?? sign);

/** A query's words, folded. */
export const wordsOf = (query: string): readonly string[] =>
  fold(query)
    .split(/\s+/u)
    .filter((word) => word !== '');
