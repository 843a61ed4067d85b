/** Asking for voice in a moderated room, XEP-0045 §7.13 and §8.6. */
import { parseJid } from '../../../src-shared/model/jid';
import { attr, child, children, childText, xml, type Element } from '../element';

const FORM = 'jabber:x:data';
const REQUEST = 'http://jabber.org/protocol/muc#request';
const field = (name: string, value: string, type: string): Element =>
  xml('field', { var: name, type }, xml('value', {}, value));

/** Asks the room, which asks its moderators. */
export const voiceRequest = (room: string, id: string): Element =>
  xml(
    'message',
    { to: room, id },
    xml(
      'x',
      { xmlns: FORM, type: 'submit' },
      field('FORM_TYPE', REQUEST, 'hidden'),
      field('muc#role', 'participant', 'list-single'),
    ),
  );

/** The room passes on that somebody in it asks; null: the message is something else. */
export const parseVoiceRequest = (
  message: Element,
): { readonly room: string; readonly nick: string } | null => {
  const from = parseJid(attr(message, 'from') ?? '');
  const form = child(message, 'x', FORM);
  if (!from || from.local === null || from.resource !== null || !form) return null;
  const value = (name: string): string | null => {
    const found = children(form, 'field', FORM).find((one) => attr(one, 'var') === name);
    return (found && childText(found, 'value', FORM)) || null;
  };
  const nick = value('muc#roomnick');
  return value('FORM_TYPE') === REQUEST && nick !== null ? { room: from.bare, nick } : null;
};
