import * as v from 'valibot';
import type { PeerView } from '../peer-view';

/** What is not there comes as an empty word. */
const optional = v.pipe(
  v.string(),
  v.transform((word) => (word === '' ? undefined : word)),
);
const flag = v.pipe(
  v.string(),
  v.transform((word) => word === 'yes'),
);
const chatState = v.union([
  v.picklist(['active', 'composing', 'paused', 'inactive', 'gone']),
  v.pipe(
    v.literal(''),
    v.transform(() => undefined),
  ),
]);
const show = v.union([
  v.picklist(['chat', 'away', 'xa', 'dnd']),
  v.pipe(
    v.literal(''),
    v.transform(() => undefined),
  ),
]);
const priority = v.pipe(v.string(), v.transform(Number), v.number());

const Message = v.tuple([
  v.literal('message'),
  ...([v.string(), optional, v.string(), optional, optional, chatState] as const),
  ...([flag, optional, optional, flag] as const),
]);
const Presence = v.tuple([v.literal('presence'), v.string(), flag, show, v.string(), priority]);
const Subscription = v.tuple([
  v.literal('subscription'),
  v.string(),
  v.picklist(['subscribe', 'subscribed', 'unsubscribe', 'unsubscribed']),
]);

/** Takes one line of the Java program, as words, into what the peer has seen; false for what is no stanza. */
export const takeWords = (view: PeerView, words: readonly string[]): boolean => {
  switch (words[0]) {
    case 'raw':
      view.seeRaw(words[1] ?? '');
      return true;
    case 'message': {
      const [, from, to, type, id, body, state, receiptRequested, receiptFor, replaces, delayed] = v.parse(
        Message,
        words,
      );
      const chat = { chatState: state, receiptRequested, receiptFor, replaces, delayed };
      view.seeMessage({ from, to, type, id, body, ...chat });
      return true;
    }
    case 'presence': {
      const [, from, available, shown, status, rank] = v.parse(Presence, words);
      view.seePresence({ from, available, show: shown, status, priority: rank });
      return true;
    }
    case 'subscription': {
      const [, from, type] = v.parse(Subscription, words);
      view.seeSubscription(from, type);
      return true;
    }
    default:
      return false;
  }
};
