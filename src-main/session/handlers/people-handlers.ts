import type { HandlersOf, RunOn } from './run-on';

/** Contacts, their pictures and cards, who is blocked, and the own profile and presence. */
export const peopleHandlers = ({
  on,
  onPeer,
  queryOn,
}: RunOn): HandlersOf<
  'block' | 'contact' | 'directory' | 'faces' | 'picture' | 'presence' | 'profile' | 'request' | 'roster'
> => ({
  'roster.state': ({ account }) => queryOn(account, (session) => session.people.roster.state()),
  'faces.state': ({ account }) => queryOn(account, (session) => session.people.faces.state()),
  'faces.picture': ({ account, hash }) => queryOn(account, (session) => session.people.faces.picture(hash)),
  'block.list': ({ account }) => queryOn(account, (session) => session.people.blocking.list()),
  'presence.set': ({ account, ...change }) => on(account, (session) => session.setPresence(change)),
  'roster.add': (args) =>
    onPeer(args, (session, peer) =>
      session.contacts.add(peer, args.name, args.groups, args.message, args.approve ?? false),
    ),
  'roster.update': (args) =>
    onPeer(args, (session, peer) => session.contacts.update(peer, args.name, args.groups)),
  'roster.renameGroup': ({ account, from, to }) =>
    on(account, (session) => session.contacts.renameGroup(from, to)),
  'roster.remove': (args) => onPeer(args, (session, peer) => session.contacts.remove(peer)),
  'roster.accept': (args) => onPeer(args, (session, peer) => session.contacts.accept(peer)),
  'roster.deny': (args) => onPeer(args, (session, peer) => session.contacts.deny(peer)),
  'roster.ask': (args) => onPeer(args, (session, peer) => session.contacts.ask(peer)),
  'roster.letSee': (args) => onPeer(args, (session, peer) => session.contacts.letSee(peer)),
  'roster.stopSeeing': (args) => onPeer(args, (session, peer) => session.contacts.stopSeeing(peer)),
  'roster.watch': (args) => onPeer(args, (session, peer) => session.people.watch(peer, args.on)),
  'contact.card': (args) => onPeer(args, (session, peer) => session.people.cards.card(peer)),
  'contact.timeZone': (args) =>
    onPeer(args, (session, peer) => session.people.cards.timeZone(peer, args.resource)),
  'contact.lastSeen': (args) => onPeer(args, (session, peer) => session.people.cards.lastSeen(peer)),
  'contact.software': ({ account, device }) =>
    on(account, (session) => session.people.cards.software(device)),
  'profile.read': ({ account }) => on(account, (session) => session.people.profile.read()),
  'profile.save': ({ account, base, next }) =>
    on(account, (session) => session.people.profile.save(base, next)),
  'picture.set': ({ account, type, data }) =>
    on(account, (session) => session.people.picture.set({ type, data })),
  'picture.remove': ({ account }) => on(account, (session) => session.people.picture.remove()),
  'directory.form': ({ account }) => on(account, (session) => session.people.directory.form()),
  'directory.search': ({ account, service, values }) =>
    on(account, (session) => session.people.directory.search(service, values)),
  'request.accept': (args) => onPeer(args, (session, peer) => session.people.requests.accept(peer)),
  'request.ignore': (args) => onPeer(args, (session, peer) => session.people.requests.ignore(peer)),
  'block.add': (args) => onPeer(args, (session, peer) => session.people.blocking.add(peer)),
  'block.remove': ({ account, peer }) => on(account, (session) => session.people.blocking.remove(peer)),
});
