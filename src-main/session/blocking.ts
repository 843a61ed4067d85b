import { done, failed, type Outcome } from '../../src-shared/ipc/errors';
import type { Standing } from '../../src-shared/model/conversation';
import { addressOf, parseJid } from '../../src-shared/model/jid';
import { attr, type Element } from '../xmpp/element';
import { isOwnEvent } from '../xmpp/guards/own-event';
import type { Link } from '../xmpp/link';
import { parseListPush, type PrivacyRule } from '../xmpp/xep/0016-privacy-lists';
import { parseBlockPush } from '../xmpp/xep/0191-blocking';
import { iqError, iqResult } from '../xmpp/xep/6120-stanza-error';
import { noBlocking, openBlockList, type BlockList } from './block-list';
import type { SessionContext } from './context';
import type { Notices } from './notices';

/**
 * Who is blocked: kept by the server (XEP-0191, else a privacy list), else by us alone. Whatever the server does, nothing of
 * theirs is shown here.
 */
export interface Blocking {
  /** As it was last known. */
  load(): Promise<void>;
  /** Puts it on disk again (R13). */
  save(): Promise<void>;
  /** Addresses in order; one with a resource is of that device or occupant alone. */
  list(): readonly string[];
  /** @param address that of a device or an occupant, too (§3.1) */
  isBlocked(address: string): boolean;
  /** What the server says, before the first presence of a stream. */
  fetch(link: Link): Promise<void>;
  /** Whether this stream's server has privacy lists. */
  readonly privacyLists: boolean;
  /** Rules that have to hold beside the invisible list (XEP-0016: one list at a time). */
  rules(): readonly PrivacyRule[];
  /** The list to be active while we are visible; null: none. */
  activeList(): string | null;
  /** True: the request was a change of the list, and is answered. */
  handlePush(iq: Element, link: Link): Promise<boolean>;
  add(peer: string): Promise<Outcome<null>>;
  remove(peer: string): Promise<Outcome<null>>;
}

/** What else happens when somebody is blocked, or is no more. */
export interface BlockingEffects {
  /** What a conversation with them would be if it began now. */
  standingOf(peer: string): Standing;
  /** They see us leave, and come: not every server that holds presence back from now on tells them. */
  hideFrom(link: Link, peer: string): void;
  showTo(link: Link, peer: string): void;
  /** Other rules hold, or another list has to be active. */
  rulesChanged(link: Link): Promise<void>;
  /** Their presence is not shown. */
  forget(peer: string): void;
}

const SETTING = 'blocked';

/** An entry of a list (XEP-0191 §3.1): somebody, a server, or one of their devices, one occupant of a room. */
const itemOf = (text: string): string | null => {
  const jid = parseJid(text);
  return jid && addressOf(jid);
};

/** Blocked addresses, each with what its conversation was before (null: there was none). */
type Before = ReadonlyMap<string, Standing | null>;

export const createBlocking = (
  context: SessionContext,
  notices: Pick<Notices, 'read'>,
  effects: BlockingEffects,
): Blocking => {
  const { account, store, hub } = context;
  let blocked: Before = new Map();
  let list: BlockList = noBlocking;
  /** How the server writes them: it may know a resource by no other text. */
  const written = new Map<string, string>();
  const items = (jids: readonly string[]): readonly string[] =>
    jids.flatMap((jid) => {
      const item = itemOf(jid);
      if (item !== null) written.set(item, jid);
      return item ?? [];
    });

  const jids = (): readonly string[] => [...blocked.keys()].sort();
  const keep = (next: Before): Promise<void> => store.putSetting(SETTING, JSON.stringify([...next]));
  const setStanding = async (peer: string, standing: Standing): Promise<void> => {
    const chat = await store.setStanding(peer, standing);
    hub.emit({ topic: 'chats', type: 'chat', account, chat });
  };

  /** The list is another one now: whoever caused it. */
  const apply = async (wanted: readonly string[]): Promise<void> => {
    const next = new Set(wanted);
    const added = [...next].filter((jid) => !blocked.has(jid));
    const removed = [...blocked].filter(([jid]) => !next.has(jid));
    if (added.length === 0 && removed.length === 0) return;
    const chats = new Map((await store.chats()).map(({ peer, standing }) => [peer, standing]));
    const before = new Map([...blocked].filter(([jid]) => next.has(jid)));
    for (const jid of added) before.set(jid, chats.get(jid) ?? null);
    await keep(before);
    blocked = before;
    for (const jid of added) {
      if (chats.has(jid)) await setStanding(jid, 'blocked');
      notices.read(jid);
      effects.forget(jid);
    }
    for (const [jid, standing] of removed) {
      if (chats.has(jid))
        await setStanding(
          jid,
          standing === null || standing === 'blocked' ? effects.standingOf(jid) : standing,
        );
    }
    hub.emit({ topic: 'account', type: 'blocked', account, jids: jids() });
  };

  /** One after the other: each change starts from the list as the one before left it. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };

  const change = (
    peer: string,
    block: boolean,
    run: (
      link: Link,
      item: string,
    ) => Promise<{ readonly ok: true } | { readonly ok: false; readonly condition: string }>,
  ): Promise<Outcome<null>> =>
    inTurn(async () => {
      const item = itemOf(peer);
      const link = context.link();
      if (item === null) return failed('bad-jid');
      if (item === context.bare) return failed('own-address');
      if (item === context.domain && block) return failed('own-domain');
      if (!link) return failed('not-online');
      if (blocked.has(item) === block) return done;
      const others = [...blocked.keys()].filter((jid) => jid !== item);
      if (block) effects.hideFrom(link, item);
      const outcome = await run(link, written.get(item) ?? item);
      if (!outcome.ok) {
        if (block) effects.showTo(link, item);
        return outcome.condition === 'timeout' || outcome.condition === 'lost'
          ? failed('timeout')
          : failed('server-refused', { condition: outcome.condition });
      }
      await apply(block ? [...others, item] : others);
      await effects.rulesChanged(link);
      if (!block) effects.showTo(link, item);
      return done;
    });

  const fetch = async (link: Link): Promise<void> => {
    list = await openBlockList(link);
    const now = list.blocked();
    written.clear();
    if (now !== null) await apply(items(now));
  };
  /** Not waited for: its answers come on the stream on which the push is being handled. */
  const again = (link: Link): void => {
    inTurn(async () => {
      await fetch(link);
      await effects.rulesChanged(link);
    }).catch((error: unknown) => {
      context.ports.log.warn('block-list', { reason: error instanceof Error ? error.name : 'unknown' });
    });
  };

  return {
    async load() {
      const kept: unknown = JSON.parse((await store.setting(SETTING)) ?? '[]');
      if (Array.isArray(kept)) blocked = new Map(kept as [string, Standing | null][]);
    },
    save: () => keep(blocked),
    list: jids,
    isBlocked(address) {
      const [bare = '', ...rest] = address.split('/');
      const host = bare.slice(bare.indexOf('@') + 1);
      const both = [bare, host];
      const resource = rest.join('/');
      return [...both, ...(resource === '' ? [] : both.map((one) => `${one}/${resource}`))].some((one) =>
        blocked.has(one),
      );
    },
    fetch: (link) => inTurn(() => fetch(link)),
    get privacyLists() {
      return list.privacyLists;
    },
    rules: () => list.rules([...blocked.keys()]),
    activeList: () => list.active(),
    async handlePush(iq, link) {
      const push = parseBlockPush(iq);
      const changedList = parseListPush(iq);
      if (attr(iq, 'type') !== 'set' || (!push && changedList === null)) return false;
      if (!isOwnEvent(iq, context.bare)) {
        context.ports.log.warn('block-push-refused');
        link.send(iqError(iq, 'service-unavailable', 'cancel'));
        return true;
      }
      if (changedList !== null && list.isIn(changedList)) again(link);
      if (push)
        await inTurn(async () => {
          const named = items(push.jids);
          const kept = [...blocked.keys()].filter((jid) => named.length > 0 && !named.includes(jid));
          await apply(push.type === 'block' ? [...blocked.keys(), ...named] : kept);
          await effects.rulesChanged(link);
        });
      link.send(iqResult(iq));
      return true;
    },
    add: (peer) => change(peer, true, (link, item) => list.add(link, item)),
    remove: (peer) => change(peer, false, (link, item) => list.remove(link, item)),
  };
};
