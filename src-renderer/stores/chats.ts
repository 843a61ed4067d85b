import { defineStore } from 'pinia';
import { computed, shallowRef, triggerRef } from 'vue';
import { call } from '../bridge/bridge';
import type { AppEvent } from '../../src-shared/ipc/events';
import type { CallError, Outcome } from '../../src-shared/ipc/errors';
import type {
  ChatMarks,
  Conversation,
  Message,
  Standing,
  TypingState,
} from '../../src-shared/model/conversation';
import type { Quoted } from '../../src-shared/model/quoted';
import { asksFor } from '../../src-shared/model/room-rule';
import { useApp } from './app';
import { useRooms } from './rooms';
import { onSignal, openFeed, type Feed } from './stream';

/** A typing state that nobody took back is forgotten after this time (XEP-0085 §5.5 has no limit of its own). */
const typingForMs = 30_000;

/** What is being written: its text, what it is to answer, and the hint that covers it. */
export interface Draft {
  readonly text: string;
  readonly answering: Quoted | null;
  readonly spoiler: string | null;
}

/** A message that is being changed, and what it is to say. */
export interface Correction {
  readonly message: Message;
  readonly text: string;
}

/** Something there calls: it is unread, by itself or by hand, and not muted. */
export const calls = ({ unread, marks }: Conversation): boolean =>
  marks.unread || (unread > 0 && marks.mutedUntil === null);
/** Something is to be done there: it calls, or something was begun and not sent. */
export const isToDo = (chat: Conversation): boolean => calls(chat) || chat.draft !== '';
const rank = (chat: Conversation): number => (chat.marks.pinned ? 2 : Number(isToDo(chat)));

/** Conversations of the shown account, and who is typing in them. */
export const useChats = defineStore('chats', () => {
  const app = useApp();
  const rooms = useRooms();
  let account = '';
  let feed: Feed | null = null;
  let unlisten: (() => void) | null = null;
  const state = shallowRef<'idle' | 'loading' | 'ready' | 'error'>('idle');
  const error = shallowRef<CallError | null>(null);
  const chats = shallowRef(new Map<string, Conversation>());
  const typing = shallowRef<ReadonlyMap<string, TypingState>>(new Map());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Begun and not sent, one in each conversation. */
  const corrections = new Map<string, Correction>();
  /** Left without being sent, the last one in each: what was written for it comes back with it. */
  const leftOnes = new Map<string, Correction>();

  const setTyping = (peer: string, value: TypingState): void => {
    clearTimeout(timers.get(peer));
    timers.delete(peer);
    const next = new Map(typing.value);
    if (value === null) next.delete(peer);
    else {
      next.set(peer, value);
      timers.set(
        peer,
        setTimeout(() => setTyping(peer, null), typingForMs),
      );
    }
    typing.value = next;
  };
  const apply = (events: readonly AppEvent[]): void => {
    for (const event of events)
      if (event.topic !== 'chats' || event.account !== account) continue;
      else if (event.type === 'chat') chats.value.set(event.chat.peer, event.chat);
      else if (event.type === 'chat-gone') chats.value.delete(event.peer);
    triggerRef(chats);
  };

  /** Shows the conversations of another account; null shows none. */
  const open = async (id: string | null): Promise<void> => {
    feed?.close();
    feed = null;
    unlisten?.();
    account = id ?? '';
    chats.value = new Map();
    typing.value = new Map();
    corrections.clear();
    leftOnes.clear();
    state.value = id ? 'loading' : 'idle';
    if (!id) return;
    unlisten = onSignal((signal) => {
      if (signal.type === 'typing' && signal.account === account) setTyping(signal.peer, signal.state);
    });
    const opened = openFeed({
      topics: ['chats'],
      load: () => call('chats.list', { account }),
      put: (value: readonly Conversation[]) => {
        chats.value = new Map(value.map((chat) => [chat.peer, chat]));
        error.value = null;
        state.value = 'ready';
      },
      apply,
      fail: (problem) => {
        error.value = problem;
        state.value = 'error';
      },
    });
    feed = opened.feed;
    await opened.ready;
  };
  const reload = async (): Promise<void> => {
    state.value = 'loading';
    await feed?.reload();
  };

  const visible = computed(() =>
    [...chats.value.values()].filter(
      ({ standing, last, draft, unread: count, marks }) =>
        standing === 'open' && (last !== null || draft !== '' || count > 0 || marks.pinned),
    ),
  );
  const listed = computed(() => visible.value.filter(({ marks }) => !marks.archived));
  /** Pinned ones first, then those with something unread or a draft, then the latest. */
  const sorted = computed(() =>
    listed.value.toSorted((a, b) => rank(b) - rank(a) || (b.last?.at ?? 0) - (a.last?.at ?? 0)),
  );
  /** Pinned ones first, then the latest: what is read stays where it is, so that going on and back comes to the same. */
  const steady = computed(() =>
    listed.value.toSorted(
      (a, b) => Number(b.marks.pinned) - Number(a.marks.pinned) || (b.last?.at ?? 0) - (a.last?.at ?? 0),
    ),
  );
  const archived = computed(() =>
    visible.value.filter(({ marks }) => marks.archived).sort((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0)),
  );
  /** T31: what strangers wrote, the latest first; nothing of it counts as unread. */
  const requests = computed(() =>
    [...chats.value.values()]
      .filter((chat) => chat.standing === 'request')
      .sort((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0)),
  );
  const unread = computed(() =>
    sorted.value.reduce(
      (sum, chat) => sum + asksFor(chat, rooms.rooms.get(chat.peer), app.settings.roomRules),
      0,
    ),
  );

  return {
    state,
    error,
    chats,
    sorted,
    steady,
    archived,
    requests,
    unread,
    open,
    reload,
    chat: (peer: string): Conversation | null => chats.value.get(peer) ?? null,
    standingOf: (peer: string): Standing => chats.value.get(peer)?.standing ?? 'open',
    typingOf: (peer: string): TypingState => typing.value.get(peer) ?? null,
    accept: (peer: string): Promise<Outcome<null>> => call('request.accept', { account, peer }),
    ignore: (peer: string): Promise<Outcome<null>> => call('request.ignore', { account, peer }),
    read: (peer: string): Promise<Outcome<null>> => call('chat.read', { account, peer }),
    mark: (peer: string, marks: Partial<ChatMarks>): Promise<Outcome<null>> =>
      call('chat.mark', { account, peer, marks }),
    tellTyping: (peer: string, told: 'composing' | 'paused' | 'active'): Promise<Outcome<null>> =>
      call('chat.typing', { account, peer, state: told }),
    correctionOf: (peer: string): Correction | null => corrections.get(peer) ?? null,
    /** What was written for a message and left: it comes back when the message is taken up again; null: there is none. */
    leftCorrection: (peer: string): Correction | null => leftOnes.get(peer) ?? null,
    leaveCorrection: (peer: string, correction: Correction | null): void => {
      if (correction) leftOnes.set(peer, correction);
      else leftOnes.delete(peer);
    },
    /** Who leaves a conversation and comes back goes on with what he was changing; null: it has ended. */
    keepCorrection: (peer: string, correction: Correction | null): void => {
      if (correction) corrections.set(peer, correction);
      else corrections.delete(peer);
    },
    /** It is here at once too: who leaves a conversation and comes back finds what he wrote, however slow the disk. */
    saveDraft: (peer: string, { text, answering, spoiler }: Draft): Promise<Outcome<null>> => {
      const chat = chats.value.get(peer);
      if (chat) {
        const { answering: _answered, draftSpoiler: _covered, ...rest } = chat;
        chats.value.set(peer, {
          ...{ ...rest, draft: text },
          ...(answering === null ? {} : { answering }),
          ...(spoiler === null ? {} : { draftSpoiler: spoiler }),
        });
        triggerRef(chats);
      }
      return call('chat.draft', { account, peer, draft: text, answers: answering?.id ?? null, spoiler });
    },
  };
});
