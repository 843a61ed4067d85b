import { describe, expect, it } from 'vitest';
import {
  MAX_ROWS,
  parseSearchForm,
  parseSearchResult,
  searchSet,
} from '../../../src-main/xmpp/xep/0055-search';
import { stanza } from '../../support/stanza';

const query = (inner: string) =>
  stanza(`<iq type='result'><query xmlns='jabber:iq:search'>${inner}</query></iq>`);
const form = (inner: string, type = 'form') => query(`<x xmlns='jabber:x:data' type='${type}'>${inner}</x>`);

describe('a user directory (XEP-0055)', () => {
  it('asks by a form: what is shown, and what goes back as it came', () => {
    const parsed = parseSearchForm(
      form(`<instructions>Fill in.</instructions><field type='hidden' var='FORM_TYPE'><value>jabber:iq:search</value></field>
        <field type='text-single' var='search' label='Name'/><field type='boolean' var='Email' label='Mail'><value>1</value></field>
        <field type='list-single' var='x-site' label='Site'><option label='London'><value>l</value></option><option><value>s</value></option></field>
        <field type='fixed'><value>words</value></field><field type='text-private' var='secret'/>`),
    )!;
    expect(parsed.fields.map(({ name, kind }) => [name, kind])).toEqual([
      ['search', 'text'],
      ['Email', 'toggle'],
      ['x-site', 'choice'],
    ]);
    expect(parsed.fields[2]?.options).toEqual([
      { value: 'l', label: 'London' },
      { value: 's', label: 's' },
    ]);
    // Only what was asked for is sent.
    expect(searchSet(parsed, { search: ' Li ', Email: '0', 'x-site': '', other: 'x' }).toString()).toBe(
      '<query xmlns="jabber:iq:search"><x xmlns="jabber:x:data" type="submit"><field var="FORM_TYPE" type="hidden"><value>jabber:iq:search</value></field><field var="search"><value>Li</value></field><field var="Email"><value>0</value></field></x></query>',
    );
  });

  it('asks by the old fields where it has no form', () => {
    const parsed = parseSearchForm(query('<instructions>Old</instructions><nick/><first/><address/>'))!;
    expect(parsed).toMatchObject({ isForm: false, instructions: 'Old' });
    expect(parsed.fields.map(({ name }) => name)).toEqual(['first', 'nick']);
    expect(searchSet(parsed, { first: 'A<b' }).toString()).toBe(
      '<query xmlns="jabber:iq:search"><first>A&lt;b</first></query>',
    );
    expect(parseSearchForm(query(''))).toBeNull();
  });

  it('answers with people in columns of its own, or in the old ones', () => {
    const rows = parseSearchResult(
      form(
        `<reported><field var='jid' type='jid-single' label='JID'/><field var='FN' label='Name'/></reported>
         <item><field var='FN'><value>Li Wen</value></field><field var='jid'><value>Li@Example.org/desk</value></field></item>
         <item><field var='FN'><value>Nobody</value></field><field var='jid'><value>not an address@@</value></field></item>
         <item><field var='FN'><value>A server</value></field><field var='jid'><value>example.org</value></field></item>`,
        'result',
      ),
    );
    expect(rows).toEqual({
      columns: [{ name: 'FN', label: 'Name' }],
      rows: [{ jid: 'li@example.org', values: ['Li Wen'] }],
      more: false,
    });
    const old = parseSearchResult(query(`<item jid='a@b'><first>A</first><email>a@b</email></item>`));
    expect(old.rows).toEqual([{ jid: 'a@b', values: ['A', '', '', 'a@b'] }]);
  });

  it('is cut off where it is endless', () => {
    const many = Array.from(
      { length: MAX_ROWS + 5 },
      (_, n) => `<item jid='p${String(n)}@b'><first>${'x'.repeat(999)}</first></item>`,
    );
    const found = parseSearchResult(query(many.join('')));
    expect(found.rows).toHaveLength(MAX_ROWS);
    expect(found.more).toBe(true);
    expect(found.rows[0]?.values[0]).toHaveLength(300);
    expect(parseSearchResult(stanza('<iq/>'))).toEqual({ columns: [], rows: [], more: false });
  });
});
