import type { HandlersOf, RunOn } from './run-on';

/** Files on their way, and those that came. */
export const fileHandlers = ({ on, onPeer, queryOn }: RunOn): HandlersOf<'file'> => ({
  'file.uploads': ({ account }) => queryOn(account, (session) => session.files.uploads.list()),
  'file.list': ({ account, peer, before, limit }) =>
    queryOn(account, (session) => session.files.list(session.rooms.keyOf(peer) ?? peer, before, limit)),
  'file.add': (args) => onPeer(args, (session, peer) => session.files.uploads.add(peer, args.paths, args)),
  'file.addBytes': (args) =>
    onPeer(args, (session, peer) => session.files.uploads.addBytes(peer, args.name, args.bytes, args)),
  'file.retry': ({ account, id }) => on(account, (session) => session.files.uploads.retry(id)),
  'file.cancel': ({ account, id }) => on(account, (session) => session.files.uploads.cancel(id)),
  'file.load': ({ account, id, asked }) => on(account, (session) => session.files.view(id, asked)),
  'file.sound': ({ account, id }) => on(account, (session) => session.files.sound(id)),
  'file.save': ({ account, id }) => on(account, (session) => session.files.save(id)),
  'file.stopSaving': ({ account, id }) => on(account, (session) => session.files.stopSaving(id)),
  'file.decline': ({ account, id }) => on(account, (session) => session.files.decline(id)),
});
