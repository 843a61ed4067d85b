import type { SearchQuery } from '../../src-main/store/store';

/** A search for anything, but for what is given. */
export const someQuery = (query: Partial<SearchQuery> = {}): SearchQuery => ({
  text: '',
  peer: null,
  direction: null,
  nick: null,
  from: null,
  to: null,
  has: null,
  limit: 50,
  after: null,
  ...query,
});
