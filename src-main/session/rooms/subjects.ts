import { done, failed, type Outcome } from '../../../src-shared/ipc/errors';
import { bareJid } from '../../../src-shared/model/jid';
import { attr, type Element } from '../../xmpp/element';
import { xmlText } from '../../xmpp/guards/xml-text';
import { subjectMessage } from '../../xmpp/xep/0045-muc';
import { readId } from '../../xmpp/xep/0359-stanza-ids';
import { parseError } from '../../xmpp/xep/6120-stanza-error';
import { messageType } from '../../xmpp/xep/6121-message';
import type { SessionContext } from '../context';
import type { OneRoom } from './one-room';

/** What a room is about, said by us (XEP-0045 §8.1). */
export interface Subjects {
  /** Resolves once the room has said it to everybody, or has refused it. */
  set(room: string, subject: string): Promise<Outcome<null>>;
  /** The room says that somebody has set it. */
  told(room: string, nick: string): void;
  /** True: the message was a room's refusal of one, and means nothing else. */
  take(message: Element): boolean;
}

const ANSWER_MS = 20_000;

export const createSubjects = (
  context: SessionContext,
  room: (jid: string) => OneRoom | undefined,
): Subjects => {
  const { clock, random } = context.ports;
  /** Those that the room has not answered yet, by the ids of their messages. */
  const asked = new Map<string, { readonly jid: string; readonly settle: (answer: Outcome<null>) => void }>();

  return {
    async set(jid, subject) {
      const link = context.link();
      const there = room(jid);
      if (!link) return failed('not-online');
      if (!there?.ready) return failed('no-room');
      const wanted = xmlText(subject);
      // Prosody says nothing to what is so already.
      if (wanted === (there.row().subject ?? '')) return done;
      const id = random.id();
      const answer = await new Promise<Outcome<null>>((settle) => {
        const timer = clock.after(ANSWER_MS, () => {
          settle(failed('server-refused', { condition: 'timeout' }));
        });
        asked.set(id, {
          jid,
          settle(outcome) {
            timer.cancel();
            settle(outcome);
          },
        });
        link.send(subjectMessage(jid, id, wanted));
      });
      asked.delete(id);
      return answer;
    },
    // Not every service gives it the id that it came with.
    told(jid, nick) {
      if (nick !== room(jid)?.nick) return;
      for (const one of asked.values()) if (one.jid === jid) one.settle(done);
    },
    take(message) {
      const one = messageType(message) === 'error' ? asked.get(readId(message) ?? '') : undefined;
      if (!one || one.jid !== bareJid(attr(message, 'from') ?? '')) return false;
      one.settle(failed('server-refused', { condition: parseError(message).condition }));
      return true;
    },
  };
};
