import { done } from '../../../src-shared/ipc/errors';
import { keepOpen, lastOpen } from '../last-open';
import type { Sounds } from '../sounds';
import type { HandlersOf, RunOn } from './run-on';

type MessageHandlers = HandlersOf<'message' | 'messages' | 'chats'> &
  Omit<HandlersOf<'chat'>, 'chat.show' | 'chat.openWindow'>;

/** Messages, and the conversations that they are in. */
export const messageHandlers = (
  { on, onPeer, onSome, queryOn }: RunOn,
  sounds: Pick<Sounds, 'play'>,
): MessageHandlers => ({
  'chats.list': ({ account }) => queryOn(account, (session) => session.store.chats()),
  'chats.lastOpen': ({ account }) => queryOn(account, lastOpen),
  'chats.keepOpen': ({ account, peer }) =>
    onSome(account, peer, async (session, key) => {
      await keepOpen(session.store, key);
      return done;
    }),
  'messages.page': ({ account, peer, anchor, limit }) =>
    queryOn(account, (session) => session.archive.page(session.rooms.keyOf(peer) ?? peer, anchor, limit)),
  'messages.since': ({ account, peer, at }) =>
    queryOn(account, (session) => session.archive.since(session.rooms.keyOf(peer) ?? peer, at)),
  'messages.days': ({ account, peer, starts }) =>
    queryOn(account, (session) => session.store.daysWith(session.rooms.keyOf(peer) ?? peer, starts)),
  'message.pins': ({ account, peer }) =>
    queryOn(account, (session) => session.store.pins(session.rooms.keyOf(peer) ?? peer)),
  'message.versions': ({ account, id }) => queryOn(account, (session) => session.store.versions(id)),
  'message.send': (args) =>
    onPeer(args, async (session, peer) => {
      const sent = await session.chats.send(peer, args.body, args);
      if (sent.ok && session.state().presence.kind !== 'dnd') sounds.play('sent');
      return sent;
    }),
  'message.forward': (args) => onPeer(args, (session, peer) => session.chats.forward(args.id, peer)),
  'message.buzz': (args) => onPeer(args, (session, peer) => session.chats.buzz(peer)),
  'message.retry': ({ account, id }) => on(account, (session) => session.chats.retry(id)),
  'message.rewrite': ({ account, id, body }) => on(account, (session) => session.chats.rewrite(id, body)),
  'message.discard': ({ account, id }) => on(account, (session) => session.chats.discard(id)),
  'message.react': ({ account, id, emoji }) => on(account, (session) => session.chats.react(id, emoji)),
  'message.pin': ({ account, id, on: pinned }) => on(account, (session) => session.chats.pin(id, pinned)),
  'message.moderate': ({ account, id, reason }) =>
    on(account, (session) => session.rooms.moderate(id, reason)),
  'message.retract': ({ account, id }) => on(account, (session) => session.chats.retract(id)),
  'message.delete': (args) => onPeer(args, (session, peer) => session.history.removeMessages(peer, args.ids)),
  'chat.read': (args) =>
    onPeer(args, async (session, peer) => {
      await session.people.readState.read(peer);
      return done;
    }),
  'chat.typing': (args) =>
    onPeer(args, (session, peer) => {
      session.chats.typing(peer, args.state);
      return done;
    }),
  'chat.mark': (args) =>
    onPeer(args, async (session, peer) => {
      await session.mutes.set(peer, args.marks);
      return done;
    }),
  'chat.draft': (args) =>
    onPeer(args, async (session, peer) => {
      await session.chats.draft(peer, args.draft, args.answers, args.spoiler);
      return done;
    }),
});
