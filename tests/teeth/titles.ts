import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

const TEST_FUNCTIONS = new Set(['it', 'test', 'describe']);
const NOT_RUN = new Set(['skip', 'todo', 'skipIf']);

/** @returns the titles of the tests and suites in that source text, as far as they are written there and do run */
export function titlesIn(source: string): readonly string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const title = titleOf(node);
      if (title !== undefined) titles.push(title);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('a.test.ts', source, ts.ScriptTarget.Latest));
  return titles;
}

/** it('…'), it.only('…'), describe.each(…)('…'): the title of such a call. */
function titleOf(call: ts.CallExpression): string | undefined {
  let callee: ts.Expression = call.expression;
  while (!ts.isIdentifier(callee)) {
    if (ts.isPropertyAccessExpression(callee)) {
      if (NOT_RUN.has(callee.name.text)) return undefined;
      callee = callee.expression;
    } else if (ts.isCallExpression(callee)) callee = callee.expression;
    else if (ts.isTaggedTemplateExpression(callee)) callee = callee.tag;
    else return undefined;
  }
  const first = call.arguments[0];
  if (!TEST_FUNCTIONS.has(callee.text) || first === undefined) return undefined;
  if (ts.isStringLiteralLike(first)) return first.text;
  return ts.isTemplateExpression(first) ? first.head.text : undefined;
}

/** @returns the ids that a title starts with: `T2 …`, `R13 R14 …` */
export function idsOf(title: string): readonly string[] {
  return /^(?:[TR]\d+(?![\w.-])[\s,:]*)+/.exec(title)?.[0].match(/[TR]\d+/g) ?? [];
}

/** @returns every test file of the project (path from the root, with slashes) and its titles */
export function allTitles(): ReadonlyMap<string, readonly string[]> {
  const files = readdirSync(join(projectRoot, 'tests'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    files.map((file) => [
      relative(projectRoot, file).split(sep).join('/'),
      titlesIn(readFileSync(file, 'utf8')),
    ]),
  );
}
