import { bareJid } from '../../../src-shared/model/jid';
import type { HandlersOf, RunOn } from './run-on';

/** What is done in rooms, and to them. */
export const roomHandlers = ({
  on,
  onPeer,
  queryOn,
}: RunOn): HandlersOf<'room' | 'rooms' | 'invitation'> => ({
  'rooms.state': ({ account }) => queryOn(account, (session) => session.rooms.state()),
  'room.occupants': ({ account, peer }) =>
    queryOn(account, (session) => session.rooms.occupants(bareJid(peer) ?? peer)),
  'room.join': ({ account, peer, ...as }) => on(account, (session) => session.rooms.join(peer, as)),
  'room.create': ({ account, plan, people }) =>
    on(account, (session) => session.rooms.making.create(plan, people)),
  'room.reserve': ({ account, plan }) => on(account, (session) => session.rooms.making.reserve(plan)),
  'room.giveUp': (args) => onPeer(args, (session, peer) => session.rooms.making.giveUp(peer)),
  'rooms.services': ({ account }) => on(account, (session) => session.rooms.browsing.services()),
  'rooms.list': ({ account, service }) => on(account, (session) => session.rooms.browsing.list(service)),
  'room.about': (args) => onPeer(args, (session, peer) => session.rooms.browsing.about(peer)),
  'room.destroy': (args) => onPeer(args, (session, peer) => session.rooms.making.destroy(peer, args.reason)),
  'room.describe': (args) =>
    onPeer(args, (session, peer) => session.rooms.making.describe(peer, args.name, args.description)),
  'room.leave': (args) => onPeer(args, (session, peer) => session.rooms.leave(peer)),
  'room.form': (args) => onPeer(args, (session, peer) => session.rooms.making.form(peer)),
  'room.configure': (args) =>
    onPeer(args, (session, peer) => session.rooms.making.configure(peer, args.values)),
  'room.registration': (args) => onPeer(args, (session, peer) => session.rooms.registering.ask(peer)),
  'room.register': (args) =>
    onPeer(args, (session, peer) => session.rooms.registering.register(peer, args.values)),
  'room.giveNameBack': (args) => onPeer(args, (session, peer) => session.rooms.registering.giveBack(peer)),
  'room.setRole': (args) =>
    onPeer(args, (session, peer) =>
      session.rooms.moderation.setRole(peer, args.nick, args.role, args.reason),
    ),
  'room.setAffiliation': (args) =>
    onPeer(args, (session, peer) =>
      session.rooms.moderation.setAffiliation(peer, args.jid, args.affiliation, args.reason),
    ),
  'room.affiliations': (args) =>
    onPeer(args, (session, peer) => session.rooms.moderation.list(peer, args.list)),
  'room.askVoice': (args) => onPeer(args, (session, peer) => session.rooms.moderation.askVoice(peer)),
  'room.passOver': (args) =>
    onPeer(args, (session, peer) => session.rooms.moderation.passOver(peer, args.nick)),
  'room.forget': (args) => onPeer(args, (session, peer) => session.rooms.forget(peer)),
  'room.invite': (args) =>
    onPeer(args, (session, peer) => session.rooms.invitations.invite(peer, args.people, args.reason)),
  'invitation.decline': (args) => onPeer(args, (session, peer) => session.rooms.invitations.decline(peer)),
  'room.picture': (args) => onPeer(args, (session, peer) => session.rooms.setPicture(peer, args.picture)),
  'room.subject': (args) => onPeer(args, (session, peer) => session.rooms.subjects.set(peer, args.subject)),
});
