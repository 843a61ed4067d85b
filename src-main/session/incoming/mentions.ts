const letter = /[\p{L}\p{N}_]/u;
/** Scripts that are written without spaces between words: there a name may stand between any two signs. */
const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase();

/** Whether a text names a nick: as a word of its own, in whatever case, with an @ or without. */
export const mentions = (body: string, nick: string): boolean => {
  const [text, name] = [fold(body), fold(nick)];
  if (name === '') return false;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const before = [...text.slice(0, at)].at(-1) ?? '';
    const after = [...text.slice(at + name.length, at + name.length + 2)][0] ?? '';
    const [first, last] = [[...name][0] ?? '', [...name].at(-1) ?? ''];
    const open =
      !letter.test(before) || spaceless.test(before) || spaceless.test(first) || !letter.test(first);
    const closed = !letter.test(after) || spaceless.test(after) || spaceless.test(last) || !letter.test(last);
    if (open && closed) return true;
  }
  return false;
};
