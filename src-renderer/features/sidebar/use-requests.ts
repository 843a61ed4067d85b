import { computed, ref, type ComputedRef, type Ref } from 'vue';
import type { Outcome } from '../../../src-shared/ipc/errors';
import { useApp } from '../../stores/app';
import { useBlocked } from '../../stores/blocked';
import { useChats } from '../../stores/chats';
import { localPart } from '../../stores/jid';
import { useRoster } from '../../stores/roster';
import { useUi } from '../../stores/ui';
import { plainName } from '../../text/names';
import { useLastWords } from './use-last-words';

/** Somebody who wants something: to see our presence, to talk to us, or both. */
export interface Request {
  readonly jid: string;
  readonly name: string;
  /** Asks to see our presence. */
  readonly subscribes: boolean;
  /** Has written, as a stranger. */
  readonly writes: boolean;
  /** What they said with it. */
  readonly said: string;
  readonly at: number;
}

/** Requests of both kinds, one for each person, and the answers to them. */
export const useRequests = (): {
  readonly requests: ComputedRef<readonly Request[]>;
  /** Those that are put aside, for only contacts may write. */
  readonly aside: ComputedRef<readonly Request[]>;
  /** Whose answer is under way. */
  readonly busy: Readonly<Ref<string | null>>;
  readonly accept: (jid: string) => Promise<void>;
  readonly deny: (jid: string) => Promise<void>;
  readonly ignore: (jid: string) => Promise<void>;
  readonly block: (jid: string) => Promise<void>;
  readonly unblock: (jid: string) => Promise<void>;
} => {
  const app = useApp();
  const roster = useRoster();
  const chats = useChats();
  const blocked = useBlocked();
  const ui = useUi();
  const lastWords = useLastWords();
  const busy = ref<string | null>(null);

  const all = computed<readonly Request[]>(() => {
    const subscribing = new Map(roster.requests.map((request) => [request.jid, request]));
    const writing = chats.requests.map(({ peer, last }): Request => {
      const asks = subscribing.get(peer);
      subscribing.delete(peer);
      const name = plainName(asks?.nick ?? '', roster.nameOf(peer));
      return {
        jid: peer,
        name,
        subscribes: asks !== undefined,
        writes: true,
        said: lastWords(last, name),
        at: last?.at ?? 0,
      };
    });
    const asking = [...subscribing.values()].map(({ jid, nick, message, at }): Request => ({
      jid,
      name: plainName(nick ?? '', localPart(jid)),
      subscribes: true,
      writes: false,
      said: message ?? '',
      at,
    }));
    return [...asking, ...writing].sort((a, b) => b.at - a.at);
  });
  const asks = (jid: string): boolean => roster.requests.some((request) => request.jid === jid);
  const writes = (jid: string): boolean => ['request', 'ignored'].includes(chats.standingOf(jid));

  /** A stranger's name could be anybody's (T16). */
  const called = (jid: string): string => (roster.contact(jid) ? roster.nameOf(jid) : jid);

  /** One step after the other; the first that fails says why, and the rest is left. */
  const run = async (
    jid: string,
    steps: readonly ((jid: string) => Promise<Outcome<null>>)[],
  ): Promise<boolean> => {
    busy.value = jid;
    for (const step of steps) {
      const outcome = await step(jid);
      if (outcome.ok) continue;
      busy.value = null;
      ui.sayError(outcome.error);
      return false;
    }
    busy.value = null;
    return true;
  };
  const both = (
    jid: string,
    subscription: typeof roster.accept,
    chat: typeof chats.accept,
  ): Promise<boolean> => run(jid, [...(asks(jid) ? [subscription] : []), ...(writes(jid) ? [chat] : [])]);

  return {
    requests: computed(() => (app.settings.contactsOnly ? [] : all.value)),
    aside: computed(() => (app.settings.contactsOnly ? all.value : [])),
    busy,
    accept: async (jid) => void (await both(jid, roster.accept, chats.accept)),
    deny: async (jid) => void (await run(jid, [roster.deny])),
    ignore: async (jid) => {
      if ((await both(jid, roster.deny, chats.ignore)) && ui.peer === jid) ui.closeChat();
    },
    block: async (jid) => {
      const name = called(jid);
      if (await run(jid, [...(asks(jid) ? [roster.deny] : []), blocked.add]))
        ui.say('roster.blocked-done', { name });
    },
    unblock: async (jid) => {
      const name = called(jid);
      if (await run(jid, [blocked.remove])) ui.say('roster.unblocked-done', { name });
    },
  };
};
