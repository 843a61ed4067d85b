import { done, failed, type Outcome } from '../../src-shared/ipc/errors';
import { bareJid } from '../../src-shared/model/jid';
import type { Element } from '../xmpp/element';
import type { Link } from '../xmpp/link';
import { nick } from '../xmpp/xep/0172-nick';
import { subscriptionPresence } from '../xmpp/xep/6121-presence';
import { offersPreApproval, rosterRemove, rosterSet } from '../xmpp/xep/6121-roster';
import type { SessionContext } from './context';
import type { Roster } from './roster';

/** What the user does with contacts. Nothing changes here: the server's roster push does it, on every device alike. */
export interface RosterCommands {
  /** @param approve lets them see us as soon as they ask (RFC 6121 §3.4) */
  add(
    jid: string,
    name: string | null,
    groups: readonly string[],
    message: string | null,
    approve: boolean,
  ): Promise<Outcome<null>>;
  update(jid: string, name: string | null, groups: readonly string[]): Promise<Outcome<null>>;
  renameGroup(from: string, to: string): Promise<Outcome<null>>;
  remove(jid: string): Promise<Outcome<null>>;
  accept(jid: string): Promise<Outcome<null>>;
  deny(jid: string): Promise<Outcome<null>>;
  ask(jid: string): Outcome<null>;
  /** Without asking to see them in return. */
  letSee(jid: string): Promise<Outcome<null>>;
  stopSeeing(jid: string): Promise<Outcome<null>>;
}

/** A group of thousands is not renamed one answer after the other. */
const AT_ONCE = 20;

/** @param ownName as the own card has it; null: unknown */
export const createRosterCommands = (
  context: SessionContext,
  roster: Roster,
  ownName: () => string | null,
): RosterCommands => {
  const isShared = (bare: string): boolean => roster.find(bare)?.shared ?? false;

  const set = async (link: Link, bare: string, query: Element): Promise<Outcome<null>> => {
    const answer = await link.iq('set', query);
    if (answer.ok) return done;
    const { condition } = answer.error;
    // Openfire says not-acceptable, others not-allowed, when the administrator keeps the contact or group.
    if (isShared(bare) || condition === 'not-acceptable') {
      await roster.foundShared(bare);
      return failed('shared-contact');
    }
    return condition === 'timeout' || condition === 'lost'
      ? failed('timeout')
      : failed('server-refused', { condition });
  };

  const withContact = async (
    jid: string,
    run: (link: Link, bare: string) => Promise<Outcome<null>> | Outcome<null>,
  ): Promise<Outcome<null>> => {
    const bare = bareJid(jid);
    if (bare === null) return failed('bad-jid');
    const link = context.link();
    return link ? await run(link, bare) : failed('not-online');
  };

  return {
    add: (jid, label, groups, message, approve) =>
      withContact(jid, async (link, bare) => {
        if (bare === context.bare) return failed('own-address');
        const canKeep = offersPreApproval(link.features);
        const takeBack = approve && !canKeep ? roster.promise(bare) : null;
        const outcome = await set(link, bare, rosterSet(bare, label, groups));
        if (!outcome.ok) {
          takeBack?.();
          return outcome;
        }
        if (approve && canKeep) link.send(subscriptionPresence('subscribed', bare));
        const name = ownName() ?? context.bare.split('@', 1)[0] ?? context.bare;
        link.send(subscriptionPresence('subscribe', bare, { status: message, nick: nick(name) }));
        return done;
      }),
    update: (jid, name, groups) =>
      withContact(jid, (link, bare) => set(link, bare, rosterSet(bare, name, groups))),
    async renameGroup(from, to) {
      const link = context.link();
      if (!link) return failed('not-online');
      const rename = (group: string): string =>
        group === from ? to : group.startsWith(`${from}::`) ? `${to}${group.slice(from.length)}` : group;
      // Those that the administrator keeps stay as they are, in a group of the old name.
      const members = roster
        .state()
        .contacts.filter(({ groups, shared }) => !shared && groups.some((group) => rename(group) !== group));
      for (let at = 0; at < members.length; at += AT_ONCE) {
        const outcomes = await Promise.all(
          members
            .slice(at, at + AT_ONCE)
            .map(({ jid, name, groups }) =>
              set(link, jid, rosterSet(jid, name, [...new Set(groups.map(rename))])),
            ),
        );
        const refused = outcomes.find(({ ok }) => !ok);
        if (refused) return refused;
      }
      return done;
    },
    remove: (jid) => withContact(jid, (link, bare) => set(link, bare, rosterRemove(bare))),
    accept: (jid) =>
      withContact(jid, async (link, bare) => {
        link.send(subscriptionPresence('subscribed', bare));
        const subscription = roster.find(bare)?.subscription;
        if (subscription !== 'to' && subscription !== 'both') {
          const request = roster.request(bare);
          if (!roster.find(bare)) await set(link, bare, rosterSet(bare, request?.nick ?? null, []));
          link.send(subscriptionPresence('subscribe', bare));
        }
        await roster.dropRequest(bare);
        return done;
      }),
    deny: (jid) =>
      withContact(jid, async (link, bare) => {
        link.send(subscriptionPresence('unsubscribed', bare));
        // Where the server keeps it, it says so itself once it is taken back.
        if (!offersPreApproval(link.features)) await roster.setPromised(bare, false);
        await roster.dropRequest(bare);
        return done;
      }),
    letSee: (jid) =>
      withContact(jid, async (link, bare) => {
        // Who has asked is answered; a promise is kept by the server, where it can.
        if (roster.request(bare) || offersPreApproval(link.features))
          link.send(subscriptionPresence('subscribed', bare));
        else await roster.setPromised(bare, true);
        await roster.dropRequest(bare);
        return done;
      }),
    stopSeeing: (jid) =>
      withContact(jid, (link, bare) => {
        link.send(subscriptionPresence('unsubscribe', bare));
        return done;
      }),
    ask: (jid) => {
      const bare = bareJid(jid);
      const link = context.link();
      if (bare === null) return failed('bad-jid');
      if (!link) return failed('not-online');
      link.send(subscriptionPresence('subscribe', bare));
      return done;
    },
  };
};
