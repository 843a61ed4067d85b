import { shallowRef } from 'vue';
import { describe, expect, it } from 'vitest';
import { createNameOrder } from '../../../src-renderer/features/roster/names';
import { buildTree, type ContactRow, type TreeRow } from '../../../src-renderer/features/roster/tree';
import { useSelection } from '../../../src-renderer/features/roster/use-selection';
import { contact } from './fake-main';

const people = ['Ann', 'Bob', 'Cid', 'Dan', 'Eve'].map((name, at) => contact(name, [at < 3 ? 'A' : 'B']));
const build = (collapsed: readonly string[] = []): readonly TreeRow[] =>
  buildTree(createNameOrder('en').list(new Map(people.map((one) => [one.jid, one]))), {
    collapsed: new Set(collapsed),
    showOffline: true,
    showEmpty: false,
    byName: false,
    looseName: 'No group',
    locale: 'en',
  });

describe('several contacts chosen', () => {
  const rows = shallowRef(build());
  const find = (name: string): TreeRow => rows.value.find((row) => row.name === name)!;
  const person = (name: string): ContactRow => find(name) as ContactRow;
  const open = () => {
    rows.value = build();
    const selection = useSelection(() => rows.value);
    return { selection, names: () => selection.rows.value.map(({ name }) => name) };
  };

  it('one by one, and back', () => {
    const { selection, names } = open();
    selection.toggle(person('Dan'));
    selection.toggle(person('Ann'));
    expect(names()).toEqual(['Ann', 'Dan']);
    selection.toggle(person('Dan'));
    expect(names()).toEqual(['Ann']);
  });

  it('a range from the last click, over the heads of groups, which grows and shrinks', () => {
    const { selection, names } = open();
    selection.clear(person('Bob'));
    selection.extend(person('Dan'));
    expect(names()).toEqual(['Bob', 'Cid', 'Dan']);
    selection.extend(person('Ann'));
    expect(names()).toEqual(['Ann', 'Bob']);
  });

  it('step by step from a row where nothing began yet', () => {
    const { selection, names } = open();
    selection.clear(person('Ann'));
    selection.extend(find('B'), person('Cid'));
    selection.extend(person('Dan'), find('B'));
    expect(names()).toEqual(['Cid', 'Dan']);
  });

  it('what is closed is chosen no longer; an act is about all or, beside them, about one', () => {
    const { selection, names } = open();
    selection.all();
    expect(selection.placed(person('Ann'))).toHaveLength(5);
    rows.value = build(['A']);
    expect(names()).toEqual(['Dan', 'Eve']);
    selection.clear();
    expect(selection.placed(person('Eve'))).toEqual([{ jid: 'eve@example.org', from: 'B' }]);
  });
});
