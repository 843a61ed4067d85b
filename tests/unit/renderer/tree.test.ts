import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../src-renderer/components/fold';
import { createNameOrder } from '../../../src-renderer/features/roster/names';
import { buildTree, findContacts, noGroup, type TreeRow } from '../../../src-renderer/features/roster/tree';
import type { Contact } from '../../../src-shared/model/contact';
import { contact } from './fake-main';

const named = (contacts: readonly Contact[]) =>
  createNameOrder('en').list(new Map(contacts.map((item) => [item.jid, item])));
const tree = (
  contacts: readonly Contact[],
  options: { collapsed?: string[]; showOffline?: boolean; showEmpty?: boolean; byName?: boolean } = {},
) =>
  buildTree(named(contacts), {
    collapsed: new Set(options.collapsed),
    showOffline: options.showOffline ?? true,
    showEmpty: options.showEmpty ?? false,
    byName: options.byName ?? false,
    looseName: 'No group',
    locale: 'en',
  });
const drawn = (rows: readonly TreeRow[]): readonly string[] =>
  rows.map((row) =>
    row.kind === 'group'
      ? `${'  '.repeat(row.level - 1)}${row.open ? '▾' : '▸'} ${row.name} ${String(row.online)}/${String(row.total)}`
      : `${'  '.repeat(row.level - 1)}${row.name}`,
  );

const people = [
  contact('Maya', ['Production::Line 3'], 'online'),
  contact('Piotr', ['Production::Line 3'], 'offline'),
  contact('Kofi', ['Production::Workshop'], 'dnd'),
  contact('Ada', ['Production'], 'away'),
  contact('Anneke', ['Design'], 'chat'),
  contact('Zoe', [], 'online'),
];

describe('contact tree', () => {
  it('nests groups by ::, counts who is online in each, and puts who is in none last', () => {
    expect(drawn(tree(people))).toEqual([
      '▾ Design 1/1',
      '  Anneke',
      '▾ Production 3/4',
      '  ▾ Line 3 1/2',
      '    Maya',
      '    Piotr',
      '  ▾ Workshop 1/1',
      '    Kofi',
      '  Ada',
      '▾ No group 1/1',
      '  Zoe',
    ]);
  });

  it('hides what is inside a collapsed group, its counts stay', () => {
    const rows = drawn(tree(people, { collapsed: ['Production', noGroup] }));
    expect(rows).toEqual(['▾ Design 1/1', '  Anneke', '▸ Production 3/4', '▸ No group 1/1']);
  });

  it('leaves out offline contacts and the groups in which nobody is left', () => {
    const rows = drawn(
      tree([contact('Maya', ['A'], 'online'), contact('Piotr', ['A']), contact('Jo', ['B'])], {
        showOffline: false,
      }),
    );
    expect(rows).toEqual(['▾ A 1/2', '  Maya']);
  });

  it('keeps groups in which nobody is left where that is wished, with their counts', () => {
    const rows = drawn(
      tree([contact('Maya', ['A'], 'online'), contact('Jo', ['B::C']), contact('Al', [])], {
        showOffline: false,
        showEmpty: true,
      }),
    );
    expect(rows).toEqual(['▾ A 1/1', '  Maya', '▾ B 0/1', '  ▾ C 0/1', '▾ No group 0/1']);
  });

  it('sorts by presence, then by name', () => {
    const rows = tree([
      contact('Zed', [], 'online'),
      contact('Amy', [], 'offline'),
      contact('Bea', [], 'xa'),
      contact('Émile', [], 'dnd'),
      contact('Eva', [], 'phone'),
    ]);
    expect(drawn(rows)).toEqual(['Émile', 'Eva', 'Zed', 'Bea', 'Amy']);
  });

  it('shows a contact in each of its groups and counts it once in the group around them', () => {
    const rows = drawn(tree([contact('Maya', ['A::X', 'A::Y'], 'online')]));
    expect(rows).toEqual(['▾ A 1/1', '  ▾ X 1/1', '    Maya', '  ▾ Y 1/1', '    Maya']);
    expect(new Set(tree([contact('Maya', ['A::X', 'A::Y'])]).map((row) => row.key)).size).toBe(5);
  });

  it('marks a group as shared only when every contact in it is the administrator’s', () => {
    const shared = { shared: true };
    const rows = tree([
      contact('A', ['Mixed'], 'online', shared),
      contact('B', ['Mixed'], 'online'),
      contact('C', ['Support'], 'online', shared),
    ]);
    expect(rows.flatMap((row) => (row.kind === 'group' ? [[row.name, row.shared]] : []))).toEqual([
      ['Mixed', false],
      ['Support', true],
    ]);
  });

  it('tells a screen reader place and number of siblings', () => {
    const rows = tree(people);
    const production = rows.find((row) => row.kind === 'group' && row.name === 'Production');
    expect([production?.pos, production?.size]).toEqual([2, 3]);
    const ada = rows.find((row) => row.kind === 'contact' && row.name === 'Ada');
    expect([ada?.pos, ada?.size]).toEqual([3, 3]);
  });

  it('survives group names made of separators only', () => {
    expect(drawn(tree([contact('Maya', ['::'], 'online')]))).toEqual(['▾ :: 1/1', '  Maya']);
  });
});

describe('search in the contacts', () => {
  const find = (query: string, contacts = people) =>
    findContacts(named(contacts), wordsOf(query)).map((row) => row.name);

  it('finds without marks and case, in names and addresses', () => {
    const marked = [contact('Piotr Wiśniewski'), contact('Tomás Herrera'), contact('Łukasz Øster')];
    expect(find('wisn', marked)).toEqual(['Piotr Wiśniewski']);
    expect(find('TOMAS', marked)).toEqual(['Tomás Herrera']);
    expect(find('lukasz oster', marked)).toEqual(['Łukasz Øster']);
    expect(find('example.org', marked)).toHaveLength(3);
  });

  it('finds Chinese by any part', () => {
    expect(find('子轩', [contact('王子轩'), contact('李雯')])).toEqual(['王子轩']);
  });

  it('goes by name alone where that is wished; who is offline stays out where they are hidden', () => {
    const three = [
      contact('Anna', [], 'offline'),
      contact('Bert', [], 'away'),
      contact('Cara', [], 'online'),
    ];
    expect(drawn(tree(three))).toEqual(['Cara', 'Bert', 'Anna']);
    expect(drawn(tree(three, { byName: true }))).toEqual(['Anna', 'Bert', 'Cara']);
    expect(drawn(tree(three, { byName: true, showOffline: false }))).toEqual(['Bert', 'Cara']);
  });

  it('finds Chinese by the initials of its pinyin', () => {
    expect(find('wzx', [contact('王子轩'), contact('李雯')])).toEqual(['王子轩']);
    expect(find('lw', [contact('王子轩'), contact('李雯')])).toEqual(['李雯']);
  });

  it('puts names that begin with the words first, each contact once', () => {
    const contacts = [contact('Zara Kofi', ['A', 'B']), contact('Kofi Mensah', ['A'])];
    expect(find('kofi', contacts)).toEqual(['Kofi Mensah', 'Zara Kofi']);
  });
});

describe('rows that are made again', () => {
  it('R21 are the same objects where nothing of them has changed', () => {
    const options = {
      collapsed: new Set<string>(),
      showOffline: true,
      showEmpty: false,
      byName: false,
      looseName: 'No group',
      locale: 'en',
    };
    const contacts = new Map(people.map((item) => [item.jid, item]));
    const order = createNameOrder('en');
    const before = buildTree(order.list(contacts), options);
    const kofi = contacts.get('kofi@example.org');
    if (!kofi) throw new Error('Kofi is gone');
    contacts.set(kofi.jid, { ...kofi, presence: { ...kofi.presence, status: 'In hall 3' } });
    const after = buildTree(order.list(contacts), options, before);
    expect(drawn(after)).toEqual(drawn(before));
    const anew = after.filter((row, index) => row.kind === 'contact' && row !== before[index]);
    expect(anew.map(({ name }) => name)).toEqual(['Kofi']);
    // Whoever stands in another group, or at another place in it, is another row.
    expect(buildTree(order.list(contacts), { ...options, collapsed: new Set(['Design']) }, after)).toEqual(
      buildTree(order.list(contacts), { ...options, collapsed: new Set(['Design']) }),
    );
  });
});

describe('order of names', () => {
  it('follows a rename and a new presence', () => {
    const order = createNameOrder('en');
    const contacts = new Map([contact('Ann'), contact('Bob')].map((item) => [item.jid, item]));
    expect(order.list(contacts).map((item) => item.name)).toEqual(['Ann', 'Bob']);
    contacts.set('ann@example.org', { ...contact('Ann', [], 'online'), name: 'Zoe' });
    const [, last] = order.list(contacts);
    expect([last?.name, last?.contact.presence.kind]).toEqual(['Zoe', 'online']);
  });

  it('R21 of thousands is made bit by bit, and is then what it would have been at once', () => {
    const people = Array.from({ length: 3_500 }, (_, n) => contact(`${n % 3 === 0 ? 'Ö' : 'P'}${String(n)}`));
    const contacts = new Map(people.map((item) => [item.jid, item]));
    const order = createNameOrder('en');
    const turns = Array.from({ length: 20 }, () => order.prepare(contacts)).indexOf(true);
    // Four parts of a thousand, and the sorting.
    expect(turns).toBe(5);
    expect(order.list(contacts)).toEqual(createNameOrder('en').list(contacts));
    contacts.set('p1@example.org', { ...contact('P1'), name: 'Ann' });
    expect(order.prepare(contacts)).toBe(false);
    contacts.delete('p4@example.org');
    expect(order.list(contacts)[0]?.name).toBe('Ann');
    expect(order.list(contacts)).toHaveLength(3_499);
    expect(order.prepare(contacts)).toBe(true);
  });
});
