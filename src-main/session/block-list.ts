import type { IqOutcome, Link } from '../xmpp/link';
import {
  allowRest,
  blockedBy,
  BLOCK_LIST,
  defaultSet,
  denyAll,
  listGet,
  listSet,
  parseList,
  parseListNames,
  privacyGet,
  type PrivacyRule,
} from '../xmpp/xep/0016-privacy-lists';
import { block, blockListGet, parseBlockList, unblock } from '../xmpp/xep/0191-blocking';

type Done = { readonly ok: true } | { readonly ok: false; readonly condition: string };

/** Where the list of blocked addresses is kept on one stream. */
export interface BlockList {
  /** What the server holds; null: it holds none, ours counts. */
  blocked(): readonly string[] | null;
  readonly privacyLists: boolean;
  /** What an active list has to repeat, for no other list holds while it is there. */
  rules(blocked: readonly string[]): readonly PrivacyRule[];
  /** The privacy list that has to be active for the list to hold in this session; null: it holds anyway. */
  active(): string | null;
  /** Whether a privacy list with this name, which has changed, is ours. */
  isIn(name: string): boolean;
  add(link: Link, jid: string): Promise<Done>;
  remove(link: Link, jid: string): Promise<Done>;
}

const outcome = (answer: IqOutcome): Done =>
  answer.ok ? { ok: true } : { ok: false, condition: answer.error.condition };
const ok = (): Promise<Done> => Promise.resolve({ ok: true });

/** The server can nothing of the kind: messages are dropped here, and that is all. */
export const noBlocking: BlockList = {
  blocked: () => null,
  privacyLists: false,
  rules: () => [],
  active: () => null,
  isIn: () => false,
  add: ok,
  remove: ok,
};

/** XEP-0191. The invisible list of servers that have both stands beside it, and would let everybody through. */
const blockingCommand = (jids: readonly string[], privacyLists: boolean): BlockList => ({
  ...noBlocking,
  blocked: () => jids,
  privacyLists,
  rules: (blocked) => blocked.map(denyAll),
  add: async (link, jid) => outcome(await link.iq('set', block(jid))),
  remove: async (link, jid) => outcome(await link.iq('set', unblock(jid))),
});

interface Found {
  readonly name: string;
  readonly isDefault: boolean;
  readonly rules: readonly PrivacyRule[];
}

/**
 * XEP-0016: bans in the default list, which holds for every session and for none. A list that another client made keeps its
 * rules; ours come first. While other sessions are there some servers let nobody change which list is the default one (§2.4:
 * `conflict`); until they do, it is made active for this session.
 */
const privacyList = (found: Found | null): BlockList => {
  const name = found?.name ?? BLOCK_LIST;
  let rules = found?.rules ?? [];
  let isDefault = found?.isDefault ?? false;
  let exists = found !== null;
  const put = async (link: Link, bans: readonly PrivacyRule[]): Promise<Done> => {
    // A list cannot be empty (§2.3).
    const next = bans.length > 0 ? bans : [allowRest];
    const made = outcome(await link.iq('set', listSet(name, next)));
    if (!made.ok) return made;
    exists = true;
    rules = next;
    if (!isDefault) isDefault = (await link.iq('set', defaultSet(name))).ok;
    return made;
  };
  return {
    blocked: () => blockedBy(rules),
    privacyLists: true,
    rules: () => rules,
    active: () => (exists && !isDefault ? name : null),
    isIn: (changed) => changed === name,
    add: (link, jid) => put(link, [denyAll(jid), ...rules]),
    remove: (link, jid) =>
      put(
        link,
        rules.filter((rule) => !blockedBy([rule]).includes(jid)),
      ),
  };
};

/** What this stream's server has for it. */
export const openBlockList = async (link: Link): Promise<BlockList> => {
  const [list, lists] = await Promise.all([link.iq('get', blockListGet()), link.iq('get', privacyGet())]);
  if (list.ok) return blockingCommand(parseBlockList(list.iq), lists.ok);
  if (!lists.ok) return noBlocking;
  const names = parseListNames(lists.iq);
  const name = names.default ?? (names.all.includes(BLOCK_LIST) ? BLOCK_LIST : null);
  if (name === null) return privacyList(null);
  const answer = await link.iq('get', listGet(name));
  const rules = answer.ok ? parseList(answer.iq) : [];
  const isDefault = names.default !== null || (await link.iq('set', defaultSet(name))).ok;
  return privacyList({ name, isDefault, rules });
};
