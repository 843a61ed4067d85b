import type { ChatRule, Conversation } from './conversation';
import type { Room } from './room';

type Kind = Pick<Room, 'open' | 'membersOnly'>;

/** Only its members get in, and all of them know each other: what is said there is said to each. */
export const isGroup = ({ open, membersOnly }: Kind): boolean => open && membersOnly;

/** Whether all that is said in a room is for the user; else only what names him is. */
export const meansAll = (rule: ChatRule, group: boolean): boolean =>
  rule === 'all' || (rule === 'default' && group);

/** How much of what is unread asks for the user. @param room that the conversation is; undefined: it is none */
export const asksFor = (
  { unread, mentions = 0, marks }: Pick<Conversation, 'unread' | 'mentions' | 'marks'>,
  room: Kind | undefined,
): number => {
  if (marks.mutedUntil !== null) return 0;
  return room === undefined || meansAll(marks.rule, isGroup(room)) ? unread : mentions;
};
