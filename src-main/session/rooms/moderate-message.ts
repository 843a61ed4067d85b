import { done, failed, type Outcome } from '../../../src-shared/ipc/errors';
import { xmlText } from '../../xmpp/guards/xml-text';
import { moderate } from '../../xmpp/xep/0425-moderation';
import type { SessionContext } from '../context';
import type { OneRoom } from './one-room';

/** Asks a room to take back what somebody said in it; the room then says so to all, us too (XEP-0425). */
export const moderateMessage = async (
  context: Pick<SessionContext, 'link' | 'store'>,
  room: (jid: string) => OneRoom | undefined,
  id: number,
  reason: string | null,
): Promise<Outcome<null>> => {
  const link = context.link();
  if (!link) return failed('not-online');
  const message = await context.store.message(id);
  const stanzaId = await context.store.roomId(id);
  if (!message || stanzaId === null) return failed('no-message');
  const there = room(message.peer);
  if (!there?.inside) return failed('no-room');
  const form = there.info.moderation;
  if (form === null) return failed('not-offered');
  const why = reason === null ? null : xmlText(reason).trim() || null;
  const answer = await link.iq('set', moderate(form, stanzaId, why), { to: message.peer });
  return answer.ok ? done : failed('server-refused', { condition: answer.error.condition });
};
