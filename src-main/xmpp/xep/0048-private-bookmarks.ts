/** Bookmarks as older clients and servers have them: XEP-0048 in the account's private XML storage (XEP-0049). */
import { attr, child, children, copyOf, xml, type Element } from '../element';
import { conference, parseConference, type Bookmark, type KeptBookmark } from './0402-bookmarks';

const PRIVATE = 'jabber:iq:private';
/** Also the node under which a server tells of changes (XEP-0411). */
export const STORAGE = 'storage:bookmarks';

export const privateGet = (): Element => xml('query', { xmlns: PRIVATE }, xml('storage', { xmlns: STORAGE }));

/** All that is stored, in the order in which it is; null: the answer is none. */
export const storageIn = (iq: Element): Element | null => {
  const query = child(iq, 'query', PRIVATE);
  return (query && child(query, 'storage', STORAGE)) ?? null;
};

export const parseStorage = (storage: Element): readonly KeptBookmark[] =>
  children(storage, 'conference', STORAGE).flatMap((one) => {
    const found = parseConference(one, attr(one, 'jid') ?? '');
    return found ? [found] : [];
  });

/** The storage with one bookmark as it is to be (null: without it); everything else stays, and where it was. */
export const privateSet = (storage: Element, jid: string, next: Bookmark | null): Element => {
  const written = (kept: Element | null): Element | null => {
    if (!next) return null;
    const one = conference(next, kept, STORAGE, STORAGE);
    one.attrs['jid'] ??= jid;
    return one;
  };
  const isIt = (one: Element): boolean =>
    one.is('conference', STORAGE) && parseConference(one, attr(one, 'jid') ?? '')?.jid === jid;
  const before = storage.getChildElements();
  const first = before.find(isIt);
  const all = before.map((one) => {
    if (one === first) return written(one);
    return isIt(one) ? null : copyOf(one, STORAGE);
  });
  return xml(
    'query',
    { xmlns: PRIVATE },
    xml('storage', { xmlns: STORAGE }, ...all, first ? null : written(null)),
  );
};
