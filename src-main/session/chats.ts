import { done, failed, ok, type Outcome } from '../../src-shared/ipc/errors';
import type { Failure } from '../../src-shared/model/connection';
import { BUZZ_REST_MS, type Message } from '../../src-shared/model/conversation';
import type { SharedFile } from '../../src-shared/model/file';
import { isAnswerable } from '../../src-shared/model/quoted';
import type { Answer, Stored, UploadRow } from '../store/store';
import { writtenBytes, xmlText } from '../xmpp/guards/xml-text';
import type { Link } from '../xmpp/link';
import type { ChatState } from '../xmpp/xep/0085-chat-states';
import { isReaction, MAX_REACTIONS } from '../xmpp/xep/0444-reactions';
import { quoteOf } from '../xmpp/xep/0461-replies';
import { chatStateMessage } from '../xmpp/xep/6121-message';
import type { SessionContext } from './context';
import { answerTo } from './answer';
import type { ChatsParts } from './chats-parts';
import { createTakeMessage, type TakeMessage } from './incoming/take-message';
import { createOutbox } from './outbox';
import { createTyping } from './typing';

/** Bytes of one message as it is written; the most that every server takes (256 KiB a stanza) with room for what surrounds it. */
const MAX_BODY = 200_000;

/** What else is said of a message. */
export interface More {
  /** The row that it is an answer to (XEP-0461). */
  readonly answers?: number | undefined;
  /** It is not to be seen at once (XEP-0382): a hint, '' for none. */
  readonly spoiler?: string | undefined;
}

/** Conversations: what comes is committed, then told; what goes is committed, then sent. */
export interface Chats {
  send(peer: string, body: string, more?: More): Promise<Outcome<Message>>;
  /** Says a message of any conversation in another one too: covered where it was covered, a file as a file. */
  forward(id: number, to: string): Promise<Outcome<Message>>;
  /** The message of a file that is at the server, or on the other computer already; the upload that it was goes with the same commit. */
  share(
    upload: Pick<UploadRow, 'id' | 'peer' | 'originId' | 'answers' | 'whom'>,
    file: SharedFile,
  ): Promise<void>;
  /** A contact offers a file from their computer: it stands in the conversation by now. */
  offered(stored: Stored): void;
  /** Calls a contact's attention (XEP-0224): one a minute, and only while there is a connection. */
  buzz(peer: string): Promise<Outcome<Message>>;
  retry(id: number): Promise<Outcome<null>>;
  /** Another text for one of ours: in its place where it was never handed to a stream, else as a correction (XEP-0308). */
  rewrite(id: number, body: string): Promise<Outcome<Message>>;
  discard(id: number): Promise<Outcome<null>>;
  /** Takes one of ours back: out of the queue where it was never handed to a stream, else everywhere (XEP-0424). */
  retract(id: number): Promise<Outcome<null>>;
  /** Takes an emoji to our reactions to a message, or away from them (XEP-0444). */
  react(id: number, emoji: string): Promise<Outcome<null>>;
  /** Keeps a message at hand above its conversation, or no longer. */
  pin(id: number, on: boolean): Promise<Outcome<null>>;
  draft(peer: string, text: string, answers?: number | null, spoiler?: string | null): Promise<void>;
  /** Tells the other side what we do, where settings and subscription allow it. */
  typing(peer: string, state: ChatState): void;
  take: TakeMessage;
  /** A stream is up and nothing was sent on it: what the session before it got is committed. */
  began(link: Link): Promise<void>;
  /** The stream is up: sends what waits. */
  wentOnline(): void;
  /** See Outbox. */
  roomReady(room: string): void;
  /** We are out of a room for good: what waits for it fails, and can be tried again or deleted. */
  roomOut(): void;
  /** Before the stream is closed: gives what waits so many milliseconds to get there (R25). */
  drain(ms: number): Promise<void>;
  streamEnded(failure: Failure): Promise<void>;
  wentOffline(): void;
}

export const createChats = (context: SessionContext, parts: ChatsParts): Chats => {
  const { account, store, hub } = context;
  const { roster } = parts.people;
  const typing = createTyping(context);
  /** When each of them was called the last time. */
  const buzzed = new Map<string, number>();

  const changed = ({ message, chat }: Pick<Stored, 'message' | 'chat'>): void => {
    hub.emit({ topic: 'messages', type: 'message', account, message });
    hub.emit({ topic: 'chats', type: 'chat', account, chat });
  };
  const tellChat = async (peer: string): Promise<void> => {
    hub.emit({ topic: 'chats', type: 'chat', account, chat: await store.chat(peer) });
  };
  const outbox = createOutbox(context, { ...parts, changed, lacks: parts.people.lacks });
  /** What is said in rooms is dated by the server's clock, ours too (R11). */
  const nowIn = (peer: string): number =>
    parts.rooms.nickIn(peer) === null ? context.ports.clock.now() : context.serverNow();
  const nickIn = (message: Message | null): string | null => message && parts.rooms.nickIn(message.peer);

  /** What an answer to that row says (`known`: others can be told which one is meant); null: nothing there can be answered. */
  const answerIn = async (
    peer: string,
    id: number,
  ): Promise<{ readonly answer: Answer; readonly known: boolean } | null> => {
    const message = await store.message(id);
    if (message?.peer !== peer || !isAnswerable(message)) return null;
    const answer = answerTo(message, parts.rooms.ownIn(peer) ?? context.bare);
    return { answer, known: message.reactable === true };
  };
  /** A body that can be sent, or what is wrong with it. */
  const sendable = (text: string): Outcome<string> => {
    const body = xmlText(text);
    if (body.trim() === '') return failed('message-empty');
    return writtenBytes(body) > MAX_BODY ? failed('message-too-long') : ok(body);
  };

  /** A new one of ours: on disk first, then on its way. */
  const put = async (
    said: Omit<Parameters<typeof store.addOutgoing>[0], 'originId' | 'at'>,
  ): Promise<Outcome<Message>> => {
    const originId = context.ports.random.id();
    const whom = parts.rooms.whom(said.peer);
    const to = whom === undefined ? {} : { whom };
    const stored = await store.addOutgoing({ ...said, ...to, originId, at: nowIn(said.peer) });
    changed(stored);
    // The network's part goes on by itself; the command is done once it is on disk.
    outbox.flushSoon();
    return ok(stored.message);
  };

  const discard = async (id: number): Promise<boolean> => {
    const message = await store.message(id);
    if (!message || !(await store.discard(id))) return false;
    hub.emit({ topic: 'messages', type: 'discarded', account, peer: message.peer, id });
    await tellChat(message.peer);
    return true;
  };

  return {
    async send(to, text, { answers, spoiler } = {}) {
      const peer = parts.rooms.keyOf(to);
      if (peer === null) return failed('bad-jid');
      const body = sendable(text);
      if (!body.ok) return body;
      const meant = answers === undefined ? undefined : await answerIn(peer, answers);
      if (meant === null) return failed('no-message');
      // In a room that gives no ids (Openfire 4.2) an answer says in its own words what it is about.
      const quote = meant?.known === false ? quoteOf(meant.answer.words) : '';
      return put({
        peer,
        body: quote + body.value,
        nick: parts.rooms.nickIn(peer),
        ...(meant?.known ? { answers: meant.answer } : {}),
        ...(spoiler === undefined ? {} : { spoiler: xmlText(spoiler).trim() }),
      });
    },
    async forward(id, to) {
      const peer = parts.rooms.keyOf(to);
      if (peer === null) return failed('bad-jid');
      const message = await store.message(id);
      // What goes from one computer to the other has no address to pass on.
      if (!message || message.retracted || message.file?.direct) return failed('no-message');
      const { file, spoiler } = message;
      const body = sendable(file ? file.url : message.body);
      if (!body.ok) return body;
      return put({
        peer,
        body: body.value,
        nick: parts.rooms.nickIn(peer),
        ...(file ? { file } : {}),
        ...(spoiler === undefined ? {} : { spoiler }),
      });
    },
    async share({ id: upload, peer, originId, answers, whom }, file) {
      // What goes from one computer to the other has no message that could say so.
      const meant = answers === null || file.direct ? null : await answerIn(peer, answers);
      const at = nowIn(peer);
      const nick = parts.rooms.nickIn(peer);
      changed(
        await store.addOutgoing({
          peer,
          body: file.direct ? (file.name ?? '') : file.url,
          originId,
          at,
          nick,
          file,
          upload,
          ...(typeof whom === 'string' ? { whom } : {}),
          ...(meant?.known ? { answers: meant.answer } : {}),
        }),
      );
      outbox.flushSoon();
    },
    offered(stored) {
      const { message, chat } = stored;
      changed(stored);
      if (parts.notices.isSeen(message.peer)) parts.people.readState.seen(message.peer);
      parts.notices.incoming(message, chat, roster.find(message.peer)?.name ?? message.peer, 'live');
    },
    async buzz(peer) {
      if (roster.find(peer) === null) return failed('not-contact');
      // Later it would call nobody.
      if (!context.link()) return failed('not-online');
      const now = context.ports.clock.monotonic();
      const rest = BUZZ_REST_MS - (now - (buzzed.get(peer) ?? -Infinity));
      if (rest > 0) return failed('buzz-rest', { seconds: String(Math.ceil(rest / 1000)) });
      buzzed.set(peer, now);
      return put({ peer, body: context.translate()('conversation.buzz-fallback'), buzz: true });
    },
    async retry(id) {
      const message = await store.message(id);
      if (message?.delivery !== 'failed' && !message?.change?.error) return failed('no-message');
      outbox.again(id);
      const stored = await store.requeue(id);
      if (!stored) return failed('no-message');
      changed(stored);
      outbox.flushSoon();
      return done;
    },
    async rewrite(id, text) {
      const body = sendable(text);
      if (!body.ok) return body;
      // What a file's message says is its address.
      const before = await store.message(id);
      if (before?.file) return failed('no-message');
      const { clock, random } = context.ports;
      const stored =
        (await store.rewrite(id, body.value)) ??
        (await store.amendOutgoing({
          ...{ id, kind: 'correct', body: body.value },
          ...{ originId: random.id(), at: clock.now(), nick: nickIn(before) },
        }));
      if (!stored) return failed('no-message');
      changed(stored);
      outbox.flushSoon();
      return ok(stored.message);
    },
    async discard(id) {
      const message = await store.message(id);
      if (!message) return failed('no-message');
      const back = message.change?.error ? await store.discardChange(id) : null;
      if (back) {
        changed(back);
        return done;
      }
      return (await discard(id)) ? done : failed('no-message');
    },
    async retract(id) {
      if (await discard(id)) return done;
      const { clock, random } = context.ports;
      const stored = await store.amendOutgoing({
        ...{ id, kind: 'retract', body: null },
        ...{ originId: random.id(), at: clock.now(), nick: nickIn(await store.message(id)) },
      });
      if (!stored) return failed('no-message');
      changed(stored);
      outbox.flushSoon();
      return done;
    },
    async react(id, emoji) {
      const message = await store.message(id);
      // T31: a stranger is told nothing before the request is accepted.
      const mayKnow = message !== null && (await store.chat(message.peer)).standing === 'open';
      const own = message?.reactions?.own ?? [];
      const now = own.includes(emoji)
        ? own.filter((one) => one !== emoji)
        : [...own, emoji].slice(-MAX_REACTIONS);
      const { clock, random } = context.ports;
      const stored =
        mayKnow && isReaction(emoji)
          ? await store.amendOutgoing({
              ...{ id, kind: 'react', body: JSON.stringify(now) },
              ...{ originId: random.id(), at: clock.now(), nick: parts.rooms.nickIn(message.peer) },
            })
          : null;
      if (!stored) return failed('no-message');
      changed(stored);
      outbox.flushSoon();
      return done;
    },
    async pin(id, on) {
      const message = await store.pin(id, on ? context.ports.clock.now() : null);
      if (!message) return failed('no-message');
      hub.emit({ topic: 'messages', type: 'message', account, message });
      return done;
    },
    async draft(peer, text, answers = null, spoiler = null) {
      await store.setDraft(peer, xmlText(text), answers, spoiler === null ? null : xmlText(spoiler));
      await tellChat(peer);
    },
    typing(peer, state) {
      const there = roster.find(peer)?.presence.kind ?? 'offline';
      if (!context.settings().sendTyping || !parts.people.seesUs(peer) || there === 'offline') return;
      context.link()?.send(chatStateMessage(peer, state));
    },

    take: createTakeMessage(context, { ...parts, outbox, typing, changed }),
    began: outbox.began,
    roomReady: outbox.roomReady,
    roomOut: outbox.flushSoon,
    wentOnline: outbox.flushSoon,
    drain: outbox.drain,
    streamEnded: (failure) => outbox.streamEnded(failure),
    wentOffline() {
      typing.clear();
    },
  };
};
