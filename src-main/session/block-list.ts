import type { IqOutcome, Link } from '../xmpp/link';
import {
  blockedBy,
  BLOCK_LIST,
  defaultSet,
  denyAll,
  listGet,
  listSet,
  parseDefaultList,
  parseList,
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
  /** The server itself shows us as gone, and as there again. */
  readonly tellsThem: boolean;
  /** What an active list has to repeat, for no other list holds while it is there. */
  rules(blocked: readonly string[]): readonly PrivacyRule[];
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
  tellsThem: false,
  rules: () => [],
  add: ok,
  remove: ok,
};

/** XEP-0191. The invisible list of servers that have both stands beside it, and would let everybody through. */
const blockingCommand = (jids: readonly string[], privacyLists: boolean): BlockList => ({
  blocked: () => jids,
  privacyLists,
  tellsThem: true,
  rules: (blocked) => blocked.map(denyAll),
  add: async (link, jid) => outcome(await link.iq('set', block(jid))),
  remove: async (link, jid) => outcome(await link.iq('set', unblock(jid))),
});

/**
 * XEP-0016: bans in the default list, which holds for every session and for nobody's. A list that another client made keeps
 * its rules; ours come first.
 */
const privacyList = (name: string | null, first: readonly PrivacyRule[]): BlockList => {
  let rules = first;
  let current = name;
  const put = async (link: Link, next: readonly PrivacyRule[]): Promise<Done> => {
    const list = current ?? BLOCK_LIST;
    if (next.length === 0 && current !== null) {
      // A list without rules cannot be: it is declined and then removed (§2.3, §2.4).
      const declined = outcome(await link.iq('set', defaultSet(null)));
      if (!declined.ok) return declined;
      await link.iq('set', listSet(list, []));
      current = null;
      rules = [];
      return declined;
    }
    const made = outcome(await link.iq('set', listSet(list, next)));
    if (!made.ok) return made;
    const chosen = current === null ? outcome(await link.iq('set', defaultSet(list))) : made;
    if (!chosen.ok) return chosen;
    current = list;
    rules = next;
    return chosen;
  };
  return {
    blocked: () => blockedBy(rules),
    privacyLists: true,
    tellsThem: false,
    rules: () => rules,
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
  const name = parseDefaultList(lists.iq);
  if (name === null) return privacyList(null, []);
  const answer = await link.iq('get', listGet(name));
  return privacyList(name, answer.ok ? parseList(answer.iq) : []);
};
