import type { ChatRule, Conversation } from './conversation';
import type { Room, RoomKind } from './room';

type Kind = Pick<Room, 'open' | 'membersOnly'>;

/** What of all that is said in a room is for the user: every word, what names him, or none of it. */
export const roomRules = ['all', 'mentions', 'none'] as const;
export type RoomRule = (typeof roomRules)[number];
/** For the rooms that have no rule of their own. */
export type RoomRules = Readonly<Record<RoomKind, RoomRule>>;

/** In a group all know each other: what is said there is said to each. */
export const defaultRoomRules: RoomRules = { group: 'all', channel: 'mentions' };

/** A group: only its members get in, and all of them know each other. */
export const kindOfRoom = ({ open, membersOnly }: Kind): RoomKind =>
  open && membersOnly ? 'group' : 'channel';

/** The rule that holds in a room: its own, else that of the settings. */
export const roomRule = (own: ChatRule, kind: RoomKind, rules: RoomRules): RoomRule =>
  own === 'default' ? rules[kind] : own;

/** How much of what is unread asks for the user. @param room that the conversation is; undefined: it is none */
export const asksFor = (
  { unread, mentions = 0, marks }: Pick<Conversation, 'unread' | 'mentions' | 'marks'>,
  room: Kind | undefined,
  rules: RoomRules,
): number => {
  if (marks.mutedUntil !== null) return 0;
  return room === undefined || roomRule(marks.rule, kindOfRoom(room), rules) === 'all' ? unread : mentions;
};
