import type { Translate } from '../../../src-shared/i18n';
import { chatRules, type ChatRule } from '../../../src-shared/model/conversation';
import type { Room } from '../../../src-shared/model/room';
import { isGroup } from '../../../src-shared/model/room-rule';

/** What can be chosen for the notifications of a conversation; in a room what its default comes to is said. */
export const ruleChoices = (
  room: Room | null,
  t: Translate,
): readonly { readonly rule: ChatRule; readonly text: string }[] => {
  if (!room)
    return (['default', 'all', 'none'] as const).map((rule) => ({ rule, text: t(`chats.rule-${rule}`) }));
  const kind = isGroup(room) ? 'group' : 'channel';
  return chatRules.map((rule) => ({
    rule,
    text: t(rule === 'default' ? `room.rule-default-${kind}` : `room.rule-${rule}`),
  }));
};
