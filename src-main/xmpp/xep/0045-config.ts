/** What a room is made like, XEP-0045 §10.1.3: the owner's form, filled in as far as the service has the field. */
import type { RoomPlan } from '../../../src-shared/model/room';
import { attr, children, childText, xml, type Element } from '../element';

const FORM = 'jabber:x:data';
const yes = '1';
const no = '0';

/** The names that Prosody, ejabberd and Openfire have for what is meant; a field that a service has not is left out. */
export const planned = ({ kind, name, description }: RoomPlan): ReadonlyMap<string, string> => {
  const group = kind === 'group';
  return new Map([
    ['muc#roomconfig_roomname', name],
    // Openfire takes no empty one.
    ['muc#roomconfig_roomdesc', description || name],
    ['muc#roomconfig_persistentroom', yes],
    ['muc#roomconfig_publicroom', group ? no : yes],
    ['muc#roomconfig_membersonly', group ? yes : no],
    ['muc#roomconfig_whois', group ? 'anyone' : 'moderators'],
    ['muc#roomconfig_moderatedroom', no],
    ['muc#roomconfig_passwordprotectedroom', no],
    ['muc#roomconfig_changesubject', yes],
    ['muc#roomconfig_allowinvites', yes],
    ['{http://prosody.im/protocol/muc}roomconfig_allowmemberinvites', yes],
    ['muc#roomconfig_enablearchiving', yes],
    ['muc#roomconfig_enablelogging', yes],
    ['mam', yes],
    // Openfire: nobody is kept out by their number.
    ['muc#roomconfig_maxusers', no],
  ]);
};

/** Of a room that is there. */
export const described = (name: string, description: string): ReadonlyMap<string, string> =>
  new Map([
    ['muc#roomconfig_roomname', name],
    ['muc#roomconfig_roomdesc', description],
  ]);

/** §10.2: the form as it came, with what is wanted otherwise filled in; of a choice only what it offers. */
export const prefilled = (form: Element, wanted: ReadonlyMap<string, string>): Element => {
  const fields = form.getChildElements().map((field) => {
    const value = wanted.get(attr(field, 'var') ?? '');
    const options = children(field, 'option', FORM).map((option) => childText(option, 'value', FORM));
    if (value === undefined || (options.length > 0 && !options.includes(value))) return field;
    const others = field.getChildElements().filter((child) => child.getName() !== 'value');
    return xml('field', field.attrs, ...others, xml('value', {}, value));
  });
  return xml('x', form.attrs, ...fields);
};

type Forms = readonly ReadonlyMap<string, readonly string[]>[];
const roomInfo = (forms: Forms): Forms[number] | undefined =>
  forms.find((form) => form.get('FORM_TYPE')?.[0] === 'http://jabber.org/protocol/muc#roominfo');

/** §6.4: what the room is about, in what it says of itself. */
export const descriptionIn = (forms: Forms): string | null =>
  roomInfo(forms)?.get('muc#roominfo_description')?.[0] || null;

/** §6.4: whether everybody may set the subject; Prosody has the name of the owner's form, and says no by no value. */
export const changeSubjectIn = (forms: Forms): boolean | null => {
  const form = roomInfo(forms);
  const said = form?.get('muc#roominfo_changesubject') ?? form?.get('muc#roomconfig_changesubject');
  return said === undefined ? null : said[0] === '1' || said[0] === 'true';
};
