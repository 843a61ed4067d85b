import type { Translate } from '../../../src-shared/i18n';
import { chatRules, type ChatRule } from '../../../src-shared/model/conversation';
import type { Room } from '../../../src-shared/model/room';
import { kindOfRoom, type RoomRules } from '../../../src-shared/model/room-rule';

/** What can be chosen for the notifications of a conversation; in a room what the settings come to is said. */
export const ruleChoices = (
  room: Room | null,
  rules: RoomRules,
  t: Translate,
): readonly { readonly rule: ChatRule; readonly text: string }[] => {
  if (!room)
    return (['default', 'all', 'none'] as const).map((rule) => ({ rule, text: t(`chats.rule-${rule}`) }));
  return chatRules.map((rule) => ({
    rule,
    text: t(rule === 'default' ? `room.rule-default-${rules[kindOfRoom(room)]}` : `room.rule-${rule}`),
  }));
};
