const plain = 'en-US';

/**
 * In which languages spelling is checked while nothing was chosen: the first of the user's own that there is a dictionary for.
 *
 * @param wanted BCP 47, in order of preference
 */
export const firstLanguages = (
  available: readonly string[],
  wanted: readonly string[],
): readonly string[] => {
  const find = (tag: string): string | undefined => {
    const [language = tag] = tag.split('-');
    return (
      available.find((one) => one === tag) ??
      available.find((one) => one === language) ??
      (language === 'en' ? plain : available.find((one) => one.startsWith(`${language}-`)))
    );
  };
  const found = wanted.map(find).find((one) => one !== undefined);
  return found !== undefined ? [found] : available.includes(plain) ? [plain] : available.slice(0, 1);
};
