import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guards, type Guard } from './teeth/teeth';
import { allTitles, idsOf, projectRoot, titlesIn } from './teeth/titles';

interface Row {
  readonly id: string;
  readonly state: string;
  readonly files: readonly string[];
}

const table = readFileSync(join(projectRoot, 'docs', 'checks.md'), 'utf8');
const rows: readonly Row[] = table
  .split('\n')
  .map((line) => /^\| ([TR]\d+) \| .+ \| (.*?) \|(.*)\|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, id = '', state = '', files = '']) => ({
    id,
    state,
    files: [...files.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
  }));
const titles = allTitles();
const done = rows.filter((row) => row.state === 'done');

/** The ids that the titles of a test file start with. */
const idsIn = (file: string) => new Set((titles.get(file) ?? []).flatMap(idsOf));

const isAbout = ({ id, test, title = '' }: Guard) =>
  (titles.get(test) ?? []).some((one) => idsOf(one).includes(id) && one.includes(title));

describe('docs/checks.md', () => {
  it('has every id from T1 to T32 and from R1 to R27, once, in order', () => {
    const ids = (kind: string, count: number) => Array.from({ length: count }, (_, i) => `${kind}${i + 1}`);
    expect(rows.map((row) => row.id)).toEqual([...ids('T', 32), ...ids('R', 27)]);
  });

  it('says of each row whether it is done', () => {
    expect(rows.filter((row) => !['done', 'later'].includes(row.state))).toEqual([]);
  });

  it('names only test files that exist', () => {
    const named = rows.flatMap((row) => row.files.map((file) => ({ id: row.id, file })));
    expect(named.filter(({ file }) => !existsSync(join(projectRoot, file)))).toEqual([]);
  });

  it('names for each row that is done the tests that carry its id', () => {
    expect(done.filter((row) => row.files.length === 0).map((row) => row.id)).toEqual([]);
    const untrue = done.flatMap((row) => row.files.filter((file) => !idsIn(file).has(row.id)));
    expect(untrue).toEqual([]);
  });

  it('knows every id that a test carries', () => {
    const known = new Set(rows.map((row) => row.id));
    const carried = [...titles.keys()].flatMap((file) => [...idsIn(file)].map((id) => ({ file, id })));
    expect(carried.filter(({ id }) => !known.has(id))).toEqual([]);
  });
});

describe('the teeth', () => {
  it('bite for every threat that is done', () => {
    const bitten = new Set(guards.map((guard) => guard.id));
    const threats = done.filter((row) => row.id.startsWith('T')).map((row) => row.id);
    expect(threats.filter((id) => !bitten.has(id))).toEqual([]);
  });

  it('still find their guards', () => {
    const once = ({ file, find }: (typeof guards)[number]) =>
      readFileSync(join(projectRoot, file), 'utf8').split(find).length === 2;
    expect(guards.filter((guard) => !once(guard)).map(({ file, find }) => ({ file, find }))).toEqual([]);
  });

  it('are about tests that carry the id', () => {
    expect(guards.filter((guard) => !isAbout(guard))).toEqual([]);
  });
});

describe('the reader of titles', () => {
  it('finds those that are run, however they are written', () => {
    const source = `
      describe('T1 one', () => { it(\`T2 two \${n}\`, () => {}); });
      describe.each([1])('T3 three', () => { it.each\`a\`('T4 four'); });
      it.skip('T5 not run'); it.todo('T6 not run'); other('T7 no test'); it.skipIf(x)('T8 not surely run');`;
    expect(titlesIn(source)).toEqual(['T1 one', 'T2 two ', 'T3 three', 'T4 four']);
  });

  it('takes ids from the start alone', () => {
    const titles = ['T2 a', 'R13: b', 'T2', 'T23 T32 (14) c', 'R1, R2 d T3', 'a T2', 'T2x', 'T2.5'];
    expect(titles.map(idsOf)).toEqual([['T2'], ['R13'], ['T2'], ['T23', 'T32'], ['R1', 'R2'], [], [], []]);
  });
});
