import { createHash } from 'node:crypto';

const MAX_CHILDREN = 15;
/** Where the aff part begins: behind signature, version, two offsets and the digest. */
const HEADER = 32;
const AFF_HEADER = 16;

const u16 = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8]);
const u32 = (value: number): Buffer => Buffer.concat([u16(value & 0xffff), u16(value >>> 16)]);

/** A node of the trie of words: a leaf with what is left of the only word, else a list of first letters with 16-bit offsets. */
const node = (words: readonly string[]): Buffer => {
  const [only] = words;
  if (words.length === 1 && only !== undefined)
    return only === ''
      ? Buffer.from([0, 0])
      : Buffer.concat([Buffer.from([0x40, 0]), Buffer.from(`${only}\0`)]);
  const letters = [...new Set(words.map((word) => word[0] ?? '\0'))].sort();
  if (letters.length > MAX_CHILDREN) throw new Error('too many first letters for this little writer');
  const children = letters.map((letter) =>
    node(words.filter((word) => (word[0] ?? '\0') === letter).map((word) => word.slice(1))),
  );
  let offset = 0;
  const entries = letters.map((letter, index) => {
    const entry = Buffer.concat([Buffer.from(letter), u16(offset)]);
    offset += children[index]?.length ?? 0;
    return entry;
  });
  return Buffer.concat([Buffer.from([0xf0 | letters.length]), ...entries, ...children]);
};

/** A dictionary of a few ASCII words as Chromium reads it (BDict 2.0): no affixes, and any letter may have been forgotten. */
export const dictionaryOf = (words: readonly string[]): Buffer => {
  const none = Buffer.from([0, 0]);
  const other = Buffer.from('TRY abcdefghijklmnopqrstuvwxyz\0\0');
  const tables = HEADER + AFF_HEADER;
  const aff = Buffer.concat([
    ...[tables, tables + 2, tables + 4, tables + 6].map(u32),
    ...[none, none, none],
    other,
  ]);
  const data = Buffer.concat([aff, node([...new Set(words)].sort())]);
  const digest = createHash('md5').update(data).digest();
  return Buffer.concat([
    Buffer.from('BDic'),
    u16(2),
    u16(0),
    u32(HEADER),
    u32(HEADER + aff.length),
    digest,
    data,
  ]);
};
