import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { biteSuite } from '../../../scripts/teeth/bite';
import type { Guard } from '../../teeth/teeth';
import { projectRoot } from '../../teeth/titles';

/** A small tree of its own: a guard, a test that sees it missing, one that does not, one that fails anyway. */
const files = {
  'guard.ts': 'export const refuse = (from: string) => from === "stranger";\n',
  'held.test.ts': `import { expect, it } from 'vitest';
import { refuse } from './guard';
it('T1 refuses a stranger', () => { expect(refuse('stranger')).toBe(true); });
it('T2 is called', () => { refuse('friend'); });
it('T3 is refused always', () => { expect(refuse('friend')).toBe(true); });
`,
};

describe('check:teeth', () => {
  let tree = '';
  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), 'flint-bite-'));
    mkdirSync(join(tree, 'node_modules'));
    for (const name of ['vitest', 'vite']) {
      symlinkSync(join(projectRoot, 'node_modules', name), join(tree, 'node_modules', name), 'junction');
    }
    writeFileSync(join(tree, 'package.json'), '{ "type": "module" }');
    for (const [name, text] of Object.entries(files)) writeFileSync(join(tree, name), text);
  });
  afterAll(() => {
    rmSync(tree, { recursive: true, force: true });
  });

  const guard = (id: string, change: Partial<Guard> = {}): Guard => ({
    id,
    file: 'guard.ts',
    find: 'from === "stranger"',
    replace: 'false',
    test: 'held.test.ts',
    ...change,
  });

  it('says of each guard whether its own test fails without it', async () => {
    const guards = [
      guard('T1'),
      guard('T2'),
      guard('T3'),
      guard('T4'),
      guard('T1', { find: 'from === "nobody"' }),
      guard('T1', { replace: 'from ===' }),
    ];
    const bites = await biteSuite(tree, guards, new AbortController().signal);
    expect(bites.map(({ verdict }) => verdict)).toEqual([
      'bites',
      'passes without its guard',
      'fails with its guard',
      'no test ran',
      'guard not found',
      'no test ran without its guard',
    ]);
  }, 60_000);
});
