/** Search in a user directory, XEP-0055: by a data form (§3.2, XEP-0004) or by the four old fields (§2). */
import type { SearchField, SearchFound } from '../../../src-shared/model/directory';
import { bareJid } from '../../../src-shared/model/jid';
import { attr, child, children, childText, xml, type Element } from '../element';

export const SEARCH = 'jabber:iq:search';
const FORM = 'jabber:x:data';
/** More than fits on a screen is not shown. */
const MAX_FIELDS = 20;
const MAX_OPTIONS = 50;
const MAX_COLUMNS = 12;
export const MAX_ROWS = 200;
const MAX_TEXT = 300;

const oldFields = ['first', 'last', 'nick', 'email'] as const;
const short = (text: string | null | undefined): string => text?.trim().slice(0, MAX_TEXT) ?? '';

export const searchGet = (): Element => xml('query', { xmlns: SEARCH });

/** What a directory asks for; `hidden` goes back as it came. */
export interface ParsedForm {
  readonly isForm: boolean;
  readonly instructions: string;
  readonly fields: readonly SearchField[];
  readonly hidden: Readonly<Record<string, string>>;
}

const kinds: Readonly<Record<string, SearchField['kind']>> = { boolean: 'toggle', 'list-single': 'choice' };
const formField = (field: Element): SearchField => ({
  name: attr(field, 'var') ?? '',
  label: short(attr(field, 'label')),
  kind: kinds[attr(field, 'type') ?? ''] ?? 'text',
  value: short(childText(field, 'value', FORM)),
  options: children(field, 'option', FORM)
    .slice(0, MAX_OPTIONS)
    .map((option) => {
      const value = childText(option, 'value', FORM) ?? '';
      return { value, label: short(attr(option, 'label')) || short(value) };
    }),
});
const shownTypes: readonly (string | undefined)[] = [
  undefined,
  'text-single',
  'text-multi',
  'jid-single',
  'boolean',
  'list-single',
];

export const parseSearchForm = (iq: Element): ParsedForm | null => {
  const query = child(iq, 'query', SEARCH);
  if (!query) return null;
  const form = child(query, 'x', FORM);
  if (!form) {
    const asked = oldFields.filter((name) => child(query, name, SEARCH));
    const old = (name: string): SearchField => ({ name, label: '', kind: 'text', value: '', options: [] });
    const instructions = short(childText(query, 'instructions', SEARCH));
    return asked.length === 0 ? null : { isForm: false, instructions, fields: asked.map(old), hidden: {} };
  }
  const all = children(form, 'field', FORM).filter((field) => attr(field, 'var'));
  const hidden = all.filter((field) => attr(field, 'type') === 'hidden').map(formField);
  return {
    isForm: true,
    instructions: short(childText(form, 'instructions', FORM)),
    fields: all
      .filter((field) => shownTypes.includes(attr(field, 'type')))
      .slice(0, MAX_FIELDS)
      .map(formField),
    hidden: Object.fromEntries(hidden.map(({ name, value }) => [name, value])),
  };
};

/** Only what the directory has asked for is sent. */
export const searchSet = (form: ParsedForm, values: Readonly<Record<string, string>>): Element => {
  const given = form.fields.flatMap(({ name }) => {
    const value = values[name]?.trim() ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  if (!form.isForm)
    return xml('query', { xmlns: SEARCH }, ...given.map(([name, value]) => xml(name, {}, value)));
  const field = ([name, value]: readonly [string, string], type?: string): Element =>
    xml('field', { var: name, type }, xml('value', {}, value));
  return xml(
    'query',
    { xmlns: SEARCH },
    xml(
      'x',
      { xmlns: FORM, type: 'submit' },
      ...Object.entries(form.hidden).map((one) => field(one, 'hidden')),
      ...given.map((one) => field(one)),
    ),
  );
};

/** Who was found: those with an address of a person. */
export const parseSearchResult = (iq: Element): SearchFound => {
  const query = child(iq, 'query', SEARCH);
  const form = query && child(query, 'x', FORM);
  if (!query) return { columns: [], rows: [], more: false };
  const found = form ? formRows(form) : oldRows(query);
  const people = found.rows.flatMap((row) => {
    const jid = bareJid(row.jid);
    return jid?.includes('@') === true ? [{ ...row, jid }] : [];
  });
  return { columns: found.columns, rows: people.slice(0, MAX_ROWS), more: people.length > MAX_ROWS };
};

const formRows = (form: Element): Omit<SearchFound, 'more'> => {
  const reported = child(form, 'reported', FORM);
  const named = reported ? children(reported, 'field', FORM) : [];
  const isJid = (field: Element): boolean => attr(field, 'var')?.toLowerCase() === 'jid';
  const columns = named
    .filter((field) => !isJid(field))
    .slice(0, MAX_COLUMNS)
    .map((field) => ({ name: attr(field, 'var') ?? '', label: short(attr(field, 'label')) }));
  const rows = children(form, 'item', FORM).map((item) => {
    const fields = children(item, 'field', FORM);
    const value = (name: string): string => {
      const field = fields.find((one) => attr(one, 'var') === name);
      return short(field && childText(field, 'value', FORM));
    };
    const jid = fields.find(isJid);
    return {
      jid: (jid && childText(jid, 'value', FORM)) ?? '',
      values: columns.map(({ name }) => value(name)),
    };
  });
  return { columns, rows };
};

const oldRows = (query: Element): Omit<SearchFound, 'more'> => ({
  columns: oldFields.map((name) => ({ name, label: '' })),
  rows: children(query, 'item', SEARCH).map((item) => ({
    jid: attr(item, 'jid') ?? '',
    values: oldFields.map((name) => short(childText(item, name, SEARCH))),
  })),
});
