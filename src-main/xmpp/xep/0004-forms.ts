/** Data forms, XEP-0004: reading one, and filling it in. */
import { fieldKinds, type DataForm, type FormField } from '../../../src-shared/model/form';
import { attr, child, childText, children, xml, type Element } from '../element';

const FORM = 'jabber:x:data';
/** More than fits on a screen is not shown, and goes back as it came. */
const MAX_FIELDS = 200;
const MAX_OPTIONS = 200;
const MAX_VALUES = 1_000;
const MAX_LABEL = 500;
const MAX_VALUE = 10_000;

const short = (text: string | null | undefined, max = MAX_LABEL): string => text?.trim().slice(0, max) ?? '';
const valuesOf = (field: Element): readonly string[] =>
  children(field, 'value', FORM)
    .slice(0, MAX_VALUES)
    .map((value) => value.getText().slice(0, MAX_VALUE));

const parseField = (field: Element): FormField => {
  const written = attr(field, 'type');
  const values = valuesOf(field);
  return {
    name: attr(field, 'var') ?? '',
    label: short(attr(field, 'label')),
    kind: fieldKinds.find((kind) => kind === written) ?? 'text-single',
    hint: short(childText(field, 'desc', FORM), 2_000),
    required: child(field, 'required', FORM) !== undefined,
    // Not every service says that it means several lines by several values.
    values: written === 'boolean' ? [['1', 'true'].includes(values[0] ?? '') ? '1' : '0'] : values,
    options: children(field, 'option', FORM)
      .slice(0, MAX_OPTIONS)
      .map((option) => {
        const value = childText(option, 'value', FORM) ?? '';
        return { value, label: short(attr(option, 'label')) || short(value) };
      }),
  };
};

/** What would be cut is not shown at all: it would go back cut. */
const fits = (field: Element): boolean => {
  const values = children(field, 'value', FORM);
  return values.length <= MAX_VALUES && values.every((value) => value.getText().length <= MAX_VALUE);
};

const isShown = (field: Element): boolean => {
  const type = attr(field, 'type');
  return type === 'fixed' || (type !== 'hidden' && attr(field, 'var') !== undefined && fits(field));
};

/** Of a field that is sent: a service knows its own fields, but what is secret is to be known as such on the way (T25). */
export const sentType = (field: Element): string | undefined =>
  ['hidden', 'text-private'].find((type) => type === attr(field, 'type'));

/** What of a form is for eyes. */
export const parseForm = (form: Element): DataForm => ({
  title: short(childText(form, 'title', FORM)),
  instructions: children(form, 'instructions', FORM)
    .map((one) => short(one.getText(), 2_000))
    .filter((text) => text !== '')
    .join('\n'),
  fields: children(form, 'field', FORM).filter(isShown).slice(0, MAX_FIELDS).map(parseField),
});

/** The form filled in: each field with what was given for it, or else as it came. What it does not ask for is not sent. */
export const submitForm = (form: Element, given: Readonly<Record<string, readonly string[]>>): Element =>
  xml(
    'x',
    { xmlns: FORM, type: 'submit' },
    ...children(form, 'field', FORM).flatMap((field) => {
      const name = attr(field, 'var');
      const type = attr(field, 'type');
      if (name === undefined || type === 'fixed') return [];
      const own = type !== 'hidden' && Object.hasOwn(given, name) ? given[name] : undefined;
      const values = own ?? children(field, 'value', FORM).map((value) => value.getText());
      return [
        xml('field', { var: name, type: sentType(field) }, ...values.map((value) => xml('value', {}, value))),
      ];
    }),
  );
