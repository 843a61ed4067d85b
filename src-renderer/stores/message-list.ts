import type { Gap, MessagePage } from '../../src-shared/ipc/contract';
import type { CallError } from '../../src-shared/ipc/errors';
import type { Message } from '../../src-shared/model/conversation';
import { quotedOf } from '../../src-shared/model/quoted';

/** A run of one conversation's messages, as long as somebody has scrolled. */
export interface Page {
  readonly state: 'loading' | 'ready' | 'error';
  readonly error: CallError | null;
  /** Oldest first, nothing left out but what `gaps` says. */
  readonly messages: readonly Message[];
  readonly older: boolean;
  readonly newer: boolean;
  readonly gaps: readonly Gap[];
  /** What is being read: the page in front, the page behind, or what is missing above a row. */
  readonly reading: 'older' | 'newer' | number | null;
  /** Older ones exist, but asking for them gave none: only the user asks again. */
  readonly stuck: boolean;
}
export const emptyPage: Page = {
  state: 'loading',
  error: null,
  messages: [],
  older: false,
  newer: false,
  gaps: [],
  reading: null,
  stuck: false,
};

/** No more than this stays in the window; the far end is let go and read again when it is wanted. */
export const mostRows = 600;

/**
 * A message that main tells about: the new one in the list, or null when only main knows its place (an old one that
 * is not loaded, or a clock that was turned back) and the page has to be read again.
 */
export const withMessage = (page: Page, message: Message): Partial<Page> | null => {
  const { messages } = page;
  const known = messages.findLastIndex((item) => item.id === message.id);
  if (known >= 0) return { messages: messages.with(known, message) };
  const last = messages.at(-1);
  /** Rows are numbered as they come: what has a smaller number is an old one that is not loaded. */
  const fresh = messages.every(({ id }) => id < message.id);
  if (!fresh) return page.older || page.newer ? {} : null;
  if (page.newer) return {};
  return !last || message.at >= last.at ? { messages: [...messages, message] } : null;
};

/** The list without a message that was deleted here: its words stand above no answer either. */
export const withoutMessage = (messages: readonly Message[], id: number): readonly Message[] =>
  messages.flatMap((one) => {
    if (one.id === id) return [];
    return one.reply?.quoted?.id === id ? { ...one, reply: { quoted: null, words: null } } : one;
  });

/** What a message says by now stands above the answers to it too. */
export const withQuoted = (page: Page, message: Message): Page => {
  const answers = ({ reply }: Message): boolean => reply?.quoted?.id === message.id;
  if (!page.messages.some(answers)) return page;
  const reply = { quoted: quotedOf(message), words: null };
  return { ...page, messages: page.messages.map((one) => (answers(one) ? { ...one, reply } : one)) };
};

/** So many more may come before the far end is let go: not with every message. */
const slack = 200;

/**
 * What comes while a conversation is open lets go of what is furthest from the row that is looked at (the newest where there is
 * no such row): whoever reads further up all day holds no more than others do.
 */
export const withoutFarEnd = (page: Page, place?: number): Page => {
  const { messages, older, newer, gaps } = page;
  if (messages.length <= mostRows + slack) return page;
  const at = messages.findIndex(({ id }) => id === place);
  const last = messages.length - mostRows;
  const from = at === -1 ? last : Math.min(last, Math.max(0, at - mostRows / 2));
  const kept = messages.slice(from, from + mostRows);
  return {
    ...page,
    messages: kept,
    older: older || from > 0,
    newer: newer || from < last,
    gaps: byRow(gaps, kept),
  };
};

const byRow = (gaps: readonly Gap[], messages: readonly Message[]): readonly Gap[] => {
  const rows = new Set(messages.map(({ id }) => id));
  return [...new Map(gaps.filter(({ before }) => rows.has(before)).map((gap) => [gap.before, gap])).values()];
};
const joined = (front: readonly Message[], back: readonly Message[]): readonly Message[] => {
  const ids = new Set(front.map(({ id }) => id));
  return [...front, ...back.filter(({ id }) => !ids.has(id))];
};

/** Puts an older page in front. */
export const withOlder = (page: Page, answer: MessagePage): Partial<Page> => {
  const all = joined(answer.messages, page.messages);
  const messages = all.slice(0, mostRows);
  return {
    messages,
    older: answer.older,
    newer: page.newer || messages.length < all.length,
    gaps: byRow([...page.gaps, ...answer.gaps], messages),
    stuck: answer.older && answer.messages.length === 0,
  };
};

/** Puts a newer page behind. */
export const withNewer = (page: Page, answer: MessagePage): Partial<Page> => {
  const all = joined(page.messages, answer.messages);
  const messages = all.slice(-mostRows);
  return {
    messages,
    newer: answer.newer,
    older: page.older || messages.length < all.length,
    gaps: byRow([...page.gaps, ...answer.gaps], messages),
  };
};
