import { done, failed, ok, type Outcome } from '../../src-shared/ipc/errors';
import type { Failure } from '../../src-shared/model/connection';
import type { Message } from '../../src-shared/model/conversation';
import { bareJid, parseJid } from '../../src-shared/model/jid';
import { attr, type Element } from '../xmpp/element';
import { trustedTime } from '../xmpp/guards/delay';
import { xmlText } from '../xmpp/guards/xml-text';
import { parseChatState, type ChatState } from '../xmpp/xep/0085-chat-states';
import { parseReceipt, receipt, wantsReceipt } from '../xmpp/xep/0184-receipts';
import { parseDelay } from '../xmpp/xep/0203-delay';
import { parseOriginId } from '../xmpp/xep/0359-stanza-ids';
import { parseError } from '../xmpp/xep/6120-stanza-error';
import { chatStateMessage, messageType, parseBody } from '../xmpp/xep/6121-message';
import type { SessionContext } from './context';
import type { Notices } from './notices';
import { createOutbox } from './outbox';
import type { Roster } from './roster';
import { createTyping } from './typing';

/** Characters of one message; the longest that every server takes with room for what surrounds it. */
const MAX_BODY = 100_000;

/** One-to-one conversations: what comes is committed, then told; what goes is committed, then sent. */
export interface Chats {
  send(peer: string, body: string): Promise<Outcome<Message>>;
  retry(id: number): Promise<Outcome<null>>;
  discard(id: number): Promise<Outcome<null>>;
  /** Everything in the conversation has been seen. */
  read(peer: string): Promise<void>;
  draft(peer: string, text: string): Promise<void>;
  /** Tells the other side what we do, where settings and subscription allow it. */
  typing(peer: string, state: ChatState): void;
  handleMessage(stanza: Element): Promise<void>;
  /** The stream is up: sends what waits. */
  wentOnline(): void;
  /** Before the stream is closed: gives what waits so many milliseconds to get there (R25). */
  drain(ms: number): Promise<void>;
  streamEnded(failure: Failure): Promise<void>;
  wentOffline(): void;
}

export const createChats = (context: SessionContext, roster: Roster, notices: Notices): Chats => {
  const { account, store, hub } = context;
  const typing = createTyping(context);

  const tellChat = async (peer: string): Promise<void> => {
    hub.emit({ topic: 'chats', type: 'chat', account, chat: await store.chat(peer) });
  };
  const changed = async (message: Message): Promise<void> => {
    hub.emit({ topic: 'messages', type: 'message', account, message });
    await tellChat(message.peer);
  };
  const outbox = createOutbox(context, changed);

  const handleIncoming = async (stanza: Element, from: string, peer: string, body: string): Promise<void> => {
    const id = attr(stanza, 'id') ?? null;
    const now = context.ports.clock.now();
    const at = trustedTime(parseDelay(stanza), context, now);
    const { message, fresh } = await store.addIncoming({
      peer,
      body,
      live: at === now,
      at,
      messageId: id,
      originId: parseOriginId(stanza),
      stanzaId: null,
      seen: notices.isSeen(peer),
    });
    // Only those who may see our presence learn that it arrived (T31).
    const mayKnow = context.settings().sendReceipts && roster.sharesPresence(peer);
    if (id !== null && mayKnow && wantsReceipt(stanza)) context.link()?.send(receipt(from, id));
    if (!fresh) return;
    typing.stopped(peer);
    await changed(message);
    notices.incoming(message, roster.find(peer)?.name ?? peer);
  };

  return {
    async send(to, text) {
      const peer = bareJid(to);
      if (peer === null) return failed('bad-jid');
      const body = xmlText(text);
      if (body.trim() === '') return failed('message-empty');
      if (body.length > MAX_BODY) return failed('message-too-long', { limit: String(MAX_BODY) });
      const { clock, random } = context.ports;
      const message = await store.addOutgoing({ peer, body, originId: random.id(), at: clock.now() });
      await changed(message);
      // The network's part goes on by itself; the command is done once it is on disk.
      outbox.flushSoon();
      return ok(message);
    },
    async retry(id) {
      if ((await store.message(id))?.delivery !== 'failed') return failed('no-message');
      outbox.again(id);
      const message = await store.requeue(id);
      if (!message) return failed('no-message');
      await changed(message);
      outbox.flushSoon();
      return done;
    },
    async discard(id) {
      const message = await store.message(id);
      if (!message || !(await store.discard(id))) return failed('no-message');
      hub.emit({ topic: 'messages', type: 'discarded', account, peer: message.peer, id });
      await tellChat(message.peer);
      return done;
    },
    async read(peer) {
      notices.read(peer);
      const chat = await store.chat(peer);
      if (chat.unread === 0) return;
      await store.markRead(peer);
      await tellChat(peer);
    },
    async draft(peer, text) {
      await store.setDraft(peer, xmlText(text));
      await tellChat(peer);
    },
    typing(peer, state) {
      const there = roster.find(peer)?.presence.kind ?? 'offline';
      if (!context.settings().sendTyping || !roster.sharesPresence(peer) || there === 'offline') return;
      context.link()?.send(chatStateMessage(peer, state));
    },

    async handleMessage(stanza) {
      const from = parseJid(attr(stanza, 'from') ?? context.bare);
      const type = messageType(stanza);
      if (!from || type === 'groupchat') return;
      const peer = from.bare;
      if (type === 'error') {
        const message = await store.markFailed(peer, attr(stanza, 'id') ?? '', parseError(stanza));
        if (message) await changed(message);
        return;
      }
      const received = parseReceipt(stanza);
      if (received !== null) {
        const message = await store.markDelivered(peer, received, 'received');
        if (message) await changed(message);
      }
      const body = parseBody(stanza);
      if (body !== null) {
        const full = from.resource === null ? peer : `${peer}/${from.resource}`;
        await handleIncoming(stanza, full, peer, body);
        return;
      }
      const state = parseChatState(stanza);
      if (state) typing.heard(peer, state);
    },

    wentOnline: outbox.flushSoon,
    drain: outbox.drain,
    streamEnded: (failure) => outbox.streamEnded(failure),
    wentOffline() {
      typing.clear();
    },
  };
};
