/** The first character of each initial in the order of pinyin; no syllable begins with i, u or v. */
const firsts = Array.from('阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨它穵夕丫帀');
const letters = 'abcdefghjklmnopqrstwxyz';

/** Surnames and common words that are read in another way than a dictionary sorts them; both readings are found. */
const others: Readonly<Record<string, string>> = {
  单: 's',
  曾: 'z',
  解: 'x',
  仇: 'q',
  查: 'z',
  盖: 'g',
  覃: 'q',
  区: 'o',
  翟: 'z',
  乐: 'y',
  重: 'c',
  长: 'z',
  沈: 's',
  朴: 'p',
};

const han = /\p{Script=Han}/u;
const each = /\p{Script=Han}/gu;
const collator = new Intl.Collator('zh-u-co-pinyin');
const known = new Map<string, string>();

const initialOf = (sign: string): string => {
  const kept = known.get(sign);
  if (kept !== undefined) return kept;
  let at = -1;
  while (at + 1 < firsts.length && collator.compare(firsts[at + 1] ?? '', sign) <= 0) at += 1;
  const letter = letters[Math.max(0, at)] ?? '';
  known.set(sign, letter);
  return letter;
};

/**
 * The pinyin initials of a text: 王子轩 → wzx; what is not Chinese stays as it is. One for each character, so that places
 * agree with the text's own. Made by the platform's own order of Chinese (ICU), which spares a dictionary of some hundred
 * kilobytes; `other` takes the second reading of a name that has two (曾: c, z).
 */
export const initialsOf = (text: string, other = false): string =>
  text.replace(each, (sign) =>
    sign.length > 1 ? sign : ((other ? others[sign] : undefined) ?? initialOf(sign)),
  );

/** Whether there is something for initials to say. */
export const hasHan = (text: string): boolean => han.test(text);
