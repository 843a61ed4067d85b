import { done } from '../../../src-shared/ipc/errors';
import type { HandlersOf, RunOn } from './run-on';

/** The history of conversations: search, export, deletion, and what the server keeps. */
export const historyHandlers = ({
  on,
  onPeer,
  onSome,
  queryOn,
}: RunOn): HandlersOf<'archive' | 'history'> => ({
  'history.search': ({ account, peer, ...query }) =>
    queryOn(account, (session) =>
      session.store.search({ ...query, peer: peer === null ? null : (session.rooms.keyOf(peer) ?? peer) }),
    ),
  'history.size': ({ account, before }) => queryOn(account, (session) => session.store.size(before)),
  'archive.preferences': ({ account }) => on(account, (session) => session.archive.preferences()),
  'archive.setPreferences': ({ account, ...preferences }) =>
    on(account, (session) => session.archive.setPreferences(preferences)),
  'history.export': ({ account, peer, format }) =>
    onSome(account, peer, (session, bare) => session.history.exportTo(bare, format)),
  'history.print': (args) => onPeer(args, (session, peer) => session.history.print(peer)),
  'history.delete': ({ account, peer, before }) =>
    onSome(account, peer, (session, bare) => session.history.remove(bare, before)),
  'history.cancel': ({ account }) =>
    on(account, (session) => {
      session.history.cancel();
      return done;
    }),
});
