import { tokenize } from './tokens';

/** The first address of a page in a text that is written out with its scheme; null: there is none. */
export const firstLink = (body: string): string | null => {
  // Most messages have none, and are not read twice for it.
  if (!/https?:\/\//i.test(body)) return null;
  const links = tokenize(body).flatMap((token) => (token.type === 'link' ? [token] : []));
  return links.find(({ text, href }) => text === href && /^https?:/i.test(href))?.href ?? null;
};
