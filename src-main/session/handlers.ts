import type { CallName, CallResult, CheckedArgs, Snapshot } from '../../src-shared/ipc/contract';
import { done, failed, ok, type Outcome } from '../../src-shared/ipc/errors';
import type { AccountId } from '../../src-shared/model/account';
import { bareJid } from '../../src-shared/model/jid';
import type { Ports } from '../ports';
import { parseStanza } from '../xmpp/parse-stanza';
import type { Accounts } from './accounts';
import type { AccountSession } from './account-session';
import type { Attention } from './attention';
import { writeDiagnostics } from './diagnostics';
import type { Hub } from './hub';
import type { Front } from './notices';
import type { SettingsService } from './settings';
import type { Sounds } from './sounds';
import type { SpellCheck } from './spell-check';

/** One function for each call of the contract, with exactly its arguments and its answer. */
export type Handlers = {
  readonly [N in CallName]: (
    args: CheckedArgs<N>,
  ) => Promise<Outcome<CallResult<N>>> | Outcome<CallResult<N>>;
};

export interface HandlerParts {
  readonly ports: Ports;
  readonly hub: Hub;
  readonly settings: SettingsService;
  readonly accounts: Accounts;
  readonly front: Front;
  readonly attention: Pick<Attention, 'quietUntil'>;
  readonly sounds: Sounds;
  readonly spelling: Pick<SpellCheck, 'state'>;
  tray(): boolean;
  /** Peers. */
  chatWindows(): readonly string[];
}

export const createHandlers = (parts: HandlerParts): Handlers => {
  const { ports, hub, settings, accounts, front, attention, sounds, spelling, tray, chatWindows } = parts;
  const snapshot = <T>(change: number, value: T): Outcome<Snapshot<T>> => ok({ change, value });

  /** Runs with the session of an account, once its database is open. */
  const on = async <T>(
    account: AccountId,
    run: (session: AccountSession) => Promise<Outcome<T>> | Outcome<T>,
  ): Promise<Outcome<T>> => {
    const session = await accounts.session(account);
    return session ? run(session) : failed('no-account');
  };
  const onPeer = <T>(
    { account, peer }: { readonly account: AccountId; readonly peer: string },
    run: (session: AccountSession, peer: string) => Promise<Outcome<T>> | Outcome<T>,
  ): Promise<Outcome<T>> => {
    return on(account, (session) => {
      const key = session.rooms.keyOf(peer);
      return key === null ? failed('bad-jid') : run(session, key);
    });
  };
  /** On one conversation or (null) all. */
  const onSome = <T>(
    account: AccountId,
    peer: string | null,
    run: (session: AccountSession, peer: string | null) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> =>
    peer === null ? on(account, (session) => run(session, null)) : onPeer({ account, peer }, run);
  /** The number is read before the value: an event told in between is then applied once more, never missed. */
  const queryOn = <T>(account: AccountId, read: (session: AccountSession) => Promise<T> | T) =>
    on(account, async (session) => {
      const { change } = hub;
      return snapshot(change, await read(session));
    });

  return {
    'app.state': () =>
      snapshot(hub.change, {
        version: ports.system.appVersion,
        platform: ports.system.platform,
        locale: settings.locale(),
        settings: settings.get(),
        keyring: ports.secrets.state(),
        tray: tray(),
        chatWindows: chatWindows(),
        quietUntil: attention.quietUntil(),
        canFlash: ports.taskbar.canFlash,
        spelling: spelling.state(),
        accounts: accounts.states(),
      }),
    'app.diagnostics': async () =>
      ok(
        await writeDiagnostics(ports, {
          accounts: accounts.states(),
          settings: settings.get(),
          locale: settings.locale(),
          tray: tray(),
        }),
      ),
    'roster.state': ({ account }) => queryOn(account, (session) => session.people.roster.state()),
    'faces.state': ({ account }) => queryOn(account, (session) => session.people.faces.state()),
    'faces.picture': ({ account, hash }) => queryOn(account, (session) => session.people.faces.picture(hash)),
    'chats.list': ({ account }) => queryOn(account, (session) => session.store.chats()),
    'messages.page': ({ account, peer, anchor, limit }) =>
      queryOn(account, (session) => session.archive.page(session.rooms.keyOf(peer) ?? peer, anchor, limit)),
    'messages.since': ({ account, peer, at }) =>
      queryOn(account, (session) => session.archive.since(session.rooms.keyOf(peer) ?? peer, at)),
    'messages.days': ({ account, peer, starts }) =>
      queryOn(account, (session) => session.store.daysWith(session.rooms.keyOf(peer) ?? peer, starts)),
    'message.pins': ({ account, peer }) =>
      queryOn(account, (session) => session.store.pins(session.rooms.keyOf(peer) ?? peer)),
    'message.versions': ({ account, id }) => queryOn(account, (session) => session.store.versions(id)),
    'rooms.state': ({ account }) => queryOn(account, (session) => session.rooms.state()),
    'room.occupants': ({ account, peer }) =>
      queryOn(account, (session) => session.rooms.occupants(bareJid(peer) ?? peer)),
    'history.search': ({ account, peer, ...query }) =>
      queryOn(account, (session) =>
        session.store.search({ ...query, peer: peer === null ? null : (session.rooms.keyOf(peer) ?? peer) }),
      ),
    'history.size': ({ account, before }) => queryOn(account, (session) => session.store.size(before)),
    'file.uploads': ({ account }) => queryOn(account, (session) => session.files.uploads.list()),
    'file.list': ({ account, peer, before, limit }) =>
      queryOn(account, (session) => session.files.list(session.rooms.keyOf(peer) ?? peer, before, limit)),
    'block.list': ({ account }) => queryOn(account, (session) => session.people.blocking.list()),
    'console.entries': ({ account }) => snapshot(hub.change, accounts.console(account)),

    'account.signIn': ({ jid, password, options }) => accounts.signIn(jid, password, options),
    'account.register': ({ jid, password, options }) => accounts.register(jid, password, options),
    'account.cancel': ({ account }) =>
      on(account, async (session) => {
        await session.disconnect();
        return done;
      }),
    'account.retry': ({ account }) =>
      on(account, (session) => {
        session.retry();
        return done;
      }),
    'account.signOut': ({ account }) => accounts.signOut(account),
    'account.trust': ({ account, host, fingerprint }) => accounts.trust(account, host, fingerprint),
    'account.allowPlain': ({ account }) => accounts.allowPlain(account),
    'account.changePassword': ({ account, current, next }) =>
      on(account, (session) => session.changePassword(current, next)),

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
    'block.remove': (args) => onPeer(args, (session, peer) => session.people.blocking.remove(peer)),

    'archive.preferences': ({ account }) => on(account, (session) => session.archive.preferences()),
    'archive.setPreferences': ({ account, ...preferences }) =>
      on(account, (session) => session.archive.setPreferences(preferences)),

    'history.export': ({ account, peer, format }) =>
      onSome(account, peer, (session, bare) => session.history.exportTo(bare, format)),
    'history.print': (args) => onPeer(args, (session, peer) => session.history.print(peer)),
    'history.delete': ({ account, peer, before }) =>
      onSome(account, peer, async (session, bare) => {
        await session.files.forgetPictures();
        return session.history.remove(bare, before);
      }),
    'history.cancel': ({ account }) =>
      on(account, (session) => {
        session.history.cancel();
        return done;
      }),

    'room.join': ({ account, peer, ...as }) => on(account, (session) => session.rooms.join(peer, as)),
    'room.create': ({ account, plan, people }) =>
      on(account, (session) => session.rooms.making.create(plan, people)),
    'rooms.services': ({ account }) => on(account, (session) => session.rooms.browsing.services()),
    'rooms.list': ({ account, service }) => on(account, (session) => session.rooms.browsing.list(service)),
    'room.about': (args) => onPeer(args, (session, peer) => session.rooms.browsing.about(peer)),
    'room.destroy': (args) =>
      onPeer(args, (session, peer) => session.rooms.making.destroy(peer, args.reason)),
    'room.describe': (args) =>
      onPeer(args, (session, peer) => session.rooms.making.describe(peer, args.name, args.description)),
    'room.leave': (args) => onPeer(args, (session, peer) => session.rooms.leave(peer)),
    'room.form': (args) => onPeer(args, (session, peer) => session.rooms.making.form(peer)),
    'room.configure': (args) =>
      onPeer(args, (session, peer) => session.rooms.making.configure(peer, args.values)),
    'room.registration': (args) => onPeer(args, (session, peer) => session.rooms.registering.ask(peer)),
    'room.register': (args) =>
      onPeer(args, (session, peer) => session.rooms.registering.register(peer, args.values)),
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
    'room.subject': (args) => onPeer(args, (session, peer) => session.rooms.setSubject(peer, args.subject)),

    'message.send': (args) =>
      onPeer(args, async (session, peer) => {
        const sent = await session.chats.send(peer, args.body, args);
        if (sent.ok && session.state().presence.kind !== 'dnd') sounds.play('sent');
        return sent;
      }),
    'message.buzz': (args) => onPeer(args, (session, peer) => session.chats.buzz(peer)),
    'message.retry': ({ account, id }) => on(account, (session) => session.chats.retry(id)),
    'message.rewrite': ({ account, id, body }) => on(account, (session) => session.chats.rewrite(id, body)),
    'message.discard': ({ account, id }) => on(account, (session) => session.chats.discard(id)),
    'message.react': ({ account, id, emoji }) => on(account, (session) => session.chats.react(id, emoji)),
    'message.pin': ({ account, id, on: pinned }) => on(account, (session) => session.chats.pin(id, pinned)),
    'message.moderate': ({ account, id, reason }) =>
      on(account, (session) => session.rooms.moderate(id, reason)),
    'message.retract': ({ account, id }) => on(account, (session) => session.chats.retract(id)),
    'message.delete': (args) =>
      onPeer(args, async (session, peer) => {
        await session.files.forgetPictures();
        return session.history.removeMessages(peer, args.ids);
      }),
    'file.add': (args) => onPeer(args, (session, peer) => session.files.uploads.add(peer, args.paths, args)),
    'file.addBytes': (args) =>
      onPeer(args, (session, peer) => session.files.uploads.addBytes(peer, args.name, args.bytes, args)),
    'screen.list': async () => {
      const found = await ports.screens.list();
      return found ? ok(found) : failed('no-screens');
    },
    'screen.take': async ({ id }) => {
      const taken = await ports.screens.take(id);
      return taken ? ok(taken) : failed('no-screens');
    },
    'screen.forget': () => {
      ports.screens.forget();
      return Promise.resolve(done);
    },
    'file.retry': ({ account, id }) => on(account, (session) => session.files.uploads.retry(id)),
    'file.cancel': ({ account, id }) => on(account, (session) => session.files.uploads.cancel(id)),
    'link.preview': ({ account, id, url }) => on(account, (session) => session.files.preview(id, url)),
    'file.load': ({ account, id, asked }) => on(account, (session) => session.files.view(id, asked)),
    'file.sound': ({ account, id }) => on(account, (session) => session.files.sound(id)),
    'file.save': ({ account, id }) => on(account, (session) => session.files.save(id)),
    'file.stopSaving': ({ account, id }) => on(account, (session) => session.files.stopSaving(id)),
    'file.decline': ({ account, id }) => on(account, (session) => session.files.decline(id)),
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

    'chat.show': (args) =>
      onPeer(args, (_, peer) => {
        hub.emit({ topic: 'app', type: 'show-chat', account: args.account, peer });
        return done;
      }),
    'chat.openWindow': (args) =>
      onPeer(args, (_, peer) => {
        const { account, message } = args;
        hub.emit({ topic: 'app', type: 'open-chat-window', account, peer, message });
        return done;
      }),

    'console.send': ({ account, xml }) =>
      on(account, (session) => {
        const stanza = parseStanza(xml);
        if (!stanza) return failed('bad-xml');
        const link = session.link();
        if (!link) return failed('not-online');
        link.sendRaw(stanza);
        return done;
      }),

    'settings.set': async ({ patch }) => ok(await settings.set(patch)),
    'sound.choose': ({ event }) => sounds.choose(event),
    'sound.reset': ({ event }) => sounds.reset(event),
    'link.open': async ({ url }) => ((await ports.opener.open(url)) ? done : failed('link-refused')),
    'window.showing': ({ peer }) => {
      front.peer = peer === null ? null : (accounts.current()?.rooms.keyOf(peer) ?? bareJid(peer));
      return done;
    },
    // Topics are each window's own: ipc/ answers this before it gets here.
    'window.subscribe': () => {
      front.listening = true;
      return ok(hub.change);
    },
  };
};
