import { describe, expect, it } from 'vitest';
import { parseForm, submitForm } from '../../../src-main/xmpp/xep/0004-forms';
import { prefilled } from '../../../src-main/xmpp/xep/0045-config';
import { redactedXml } from '../../../src-main/xmpp/stream/redact';
import type { Element } from '../../../src-main/xmpp/element';
import { fieldProblem, type FormField } from '../../../src-shared/model/form';
import { stanza } from '../../support/stanza';

const form = (fields: string, more = ''): Element => {
  const [x] = stanza(
    `<message><x xmlns='jabber:x:data' type='form'>${more}${fields}</x></message>`,
  ).getChildElements();
  if (!x) throw new Error('no form');
  return x;
};
const every = [
  ['boolean', '<value>true</value>'],
  ['fixed', '<value>Who may come</value>'],
  ['hidden', '<value>secret</value>'],
  ['jid-multi', '<value>a@x</value><value>b@x</value>'],
  ['jid-single', '<value>a@x</value>'],
  [
    'list-multi',
    "<value>1</value><value>2</value><option label='One'><value>1</value></option><option><value>2</value></option>",
  ],
  ['list-single', "<value>1</value><option label='One'><value>1</value></option>"],
  ['text-multi', '<value>one</value><value>two</value>'],
  ['text-private', '<value>pw</value>'],
  ['text-single', '<value>t</value>'],
  ['urn:new-kind', '<value>n</value>'],
] as const;
const all = every
  .map(
    ([type, inner]) =>
      `<field type='${type}' var='v-${type}' label='L ${type}'><desc>D</desc><required/>${inner}</field>`,
  )
  .join('');

describe('data forms (XEP-0004)', () => {
  it('are shown with every kind of field; what is hidden is not, and what is unknown is a line of text', () => {
    const parsed = parseForm(
      form(all, '<title>T</title><instructions>one</instructions><instructions>two</instructions>'),
    );
    expect(parsed).toMatchObject({ title: 'T', instructions: 'one\ntwo' });
    expect(parsed.fields.map(({ kind }) => kind)).toEqual([
      ...['boolean', 'fixed', 'jid-multi', 'jid-single', 'list-multi', 'list-single'],
      ...['text-multi', 'text-private', 'text-single', 'text-single'],
    ]);
    const [yes, , people] = parsed.fields;
    expect(yes).toMatchObject({ label: 'L boolean', hint: 'D', required: true, values: ['1'] });
    expect(people?.values).toEqual(['a@x', 'b@x']);
    expect(parsed.fields[4]?.options).toEqual([
      { value: '1', label: 'One' },
      { value: '2', label: '2' },
    ]);
  });

  it('go back with what was given, and with the rest as it came; hidden fields cannot be given', () => {
    const sent = submitForm(form(all), {
      'v-text-multi': ['three', 'four'],
      'v-hidden': ['forged'],
      'v-list-multi': [],
      constructor: ['x'],
      'not asked for': ['x'],
    }).toString();
    expect(sent).toContain('<field var="v-text-multi"><value>three</value><value>four</value></field>');
    expect(sent).toContain('<field var="v-hidden" type="hidden"><value>secret</value></field>');
    expect(sent).toContain('<field var="v-list-multi"/>');
    expect(sent).toContain('<field var="v-urn:new-kind"><value>n</value></field>');
    expect(sent).not.toContain('forged');
    expect(sent).not.toContain('not asked for');
    expect(sent).not.toContain('Who may come');
  });

  it('T25 a secret in them is shown nowhere on its way back, whether it was typed or came so', () => {
    const asked = form(
      `<field type='text-private' var='muc#roomconfig_roomsecret'><value>c4n4ry</value></field>` +
        `<field type='hidden' var='FORM_TYPE'><value>f</value></field>`,
    );
    const typed = submitForm(asked, { 'muc#roomconfig_roomsecret': ['c4n4ry too'] });
    for (const sent of [submitForm(asked, {}), typed, submitForm(prefilled(asked, new Map()), {})]) {
      expect(sent.toString()).toContain('c4n4ry');
      expect(redactedXml(sent)).not.toContain('c4n4ry');
      expect(redactedXml(sent)).toContain('<value>f</value>');
    }
  });

  it('of any size are held to what fits', () => {
    const many = Array.from(
      { length: 500 },
      (_, n) => `<field var='f${String(n)}' label='${'x'.repeat(1_000)}'/>`,
    );
    const { fields } = parseForm(form(many.join('')));
    expect(fields).toHaveLength(200);
    expect(fields[0]?.label).toHaveLength(500);
  });

  it('of which something does not fit give it back whole', () => {
    const people = Array.from({ length: 1_001 }, (_, n) => `<value>p${String(n)}@x</value>`).join('');
    const story = 'x'.repeat(10_001);
    const asked = form(
      `<field type='jid-multi' var='people'>${people}</field>` +
        `<field type='text-single' var='story'><value>${story}</value></field>` +
        `<field type='text-single' var='name'><value>Hall</value></field>`,
    );
    const { fields } = parseForm(asked);
    expect(fields.map(({ name }) => name)).toEqual(['name']);
    // As the dialog does: each field that was shown, and one of them changed.
    const shown = Object.fromEntries(fields.map(({ name, values }) => [name, values]));
    const sent = submitForm(asked, { ...shown, name: ['B'] }).toString();
    expect(sent).toContain(`<field var="people">${people}</field>`);
    expect(sent).toContain(`<value>${story}</value>`);
    expect(sent).toContain('<value>B</value>');
  });

  it('tell at the field what is wrong with it', () => {
    const field = (kind: FormField['kind'], required = false): FormField => ({
      ...{ name: 'n', label: '', hint: '', values: [], kind, required },
      options: [{ value: '1', label: 'One' }],
    });
    expect(fieldProblem(field('text-single', true), [' '])).toBe('empty');
    expect(fieldProblem(field('text-single'), [])).toBeNull();
    expect(fieldProblem(field('jid-multi'), ['a@x', ' ', 'no address@'])).toBe('jid');
    expect(fieldProblem(field('jid-single'), ['a@x'])).toBeNull();
    expect(fieldProblem(field('list-single'), ['2'])).toBe('choice');
    expect(fieldProblem(field('boolean', true), ['0'])).toBeNull();
  });
});
