import type { Translate } from '../../../src-shared/i18n';
import type { RoomStatus } from '../../../src-shared/model/room';
import { plainName } from '../../text/names';

type Refused = Extract<RoomStatus, { is: 'refused' }>;
type Out = Extract<RoomStatus, { is: 'out' }>;

/** What a refusal is called, and what can be done about it. */
export const refusalWords = (
  status: Refused,
  room: { readonly jid: string; readonly nick: string },
  t: Translate,
): { readonly title: string; readonly text: string } => {
  const { why, condition } = status;
  const service = room.jid.slice(room.jid.indexOf('@') + 1);
  const params = { room: room.jid, service, nick: plainName(room.nick, '?'), condition };
  return { title: t(`room.refused-${why}-title`, params), text: t(`room.refused-${why}-text`, params) };
};

/** Why we are out of a room: what happened, who did it and what was said of it. */
export const exitWords = (status: Out, t: Translate): { readonly title: string; readonly text: string } => {
  const { why, actor, reason } = status;
  const parts = [
    ...(actor ? [t('room.out-by', { actor: plainName(actor, '?') })] : []),
    t(`room.out-${why}-text`),
    ...(reason ? [t('room.out-reason', { reason: plainName(reason) })] : []),
  ];
  // Chinese sentences stand without a space between them.
  const gap = parts[0]?.endsWith('。') ? '' : ' ';
  return { title: t(`room.out-${why}-title`), text: parts.join(gap) };
};

/** Another name where ours is taken: the same with a number. */
export const otherNick = (nick: string): string => {
  const match = /^(.*?)\s?(\d+)$/u.exec(nick);
  return match?.[1] ? `${match[1]} ${String(Number(match[2]) + 1)}` : `${nick} 2`;
};
