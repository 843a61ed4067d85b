/** Registering with a room, XEP-0045 §7.10; ejabberd lets one register a nick with its service in the same words. */
import { parseForm } from './0004-forms';
import type { DataForm } from '../../../src-shared/model/form';
import { attr, child, childText, children, xml, type Element } from '../element';

const REGISTER = 'jabber:iq:register';
const FORM = 'jabber:x:data';
const MAX_NICK = 200;
/** The field that asks for a name. */
export const NICK = 'muc#register_roomnick';

/** What is asked of somebody who wants to be registered, and whether he is already. */
export interface Registration {
  readonly form: Element | null;
  readonly registered: boolean;
  readonly nick: string | null;
}

/** Null: the answer says nothing of it. */
export const parseRegistration = (iq: Element): Registration | null => {
  const query = child(iq, 'query', REGISTER);
  if (!query) return null;
  const registered = child(query, 'registered', REGISTER) !== undefined;
  const form = child(query, 'x', FORM) ?? null;
  if (!registered && !form) return null;
  const field = form && children(form, 'field', FORM).find((one) => attr(one, 'var') === NICK);
  const nick =
    childText(query, 'username', REGISTER) ??
    childText(query, 'nick', REGISTER) ??
    (field && childText(field, 'value', FORM));
  return { form, registered, nick: (registered && nick?.trim().slice(0, MAX_NICK)) || null };
};

/** For eyes, with a name in it where it asks for one and has none. */
export const filledForm = (form: Element, nick: string): DataForm => {
  const parsed = parseForm(form);
  const fields = parsed.fields.map((field) =>
    field.name === NICK && field.values.every((value) => value === '') ? { ...field, values: [nick] } : field,
  );
  return { ...parsed, fields };
};

/** XEP-0077 §3.2, to whoever keeps the name. */
export const registrationRemove = (): Element => xml('query', { xmlns: REGISTER }, xml('remove', {}));

export const registrationSet = (form: Element): Element => xml('query', { xmlns: REGISTER }, form);
