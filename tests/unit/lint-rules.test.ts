import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

const cwd = fileURLToPath(new URL('../../', import.meta.url));

/** Without types, so that a snippet may stand where no file is. */
const untyped = new ESLint({
  cwd,
  overrideConfig: [
    {
      files: ['**/*.{ts,vue}'],
      rules: tseslint.configs.disableTypeChecked.rules,
      languageOptions: { parserOptions: { project: false } },
    },
  ],
});
const typed = new ESLint({ cwd });

/** @returns the names of the rules that the snippet breaks when it stands in that file */
async function broken(code: string, filePath: string, eslint = untyped): Promise<readonly string[]> {
  const [result] = await eslint.lintText(code, { filePath: `${cwd}${filePath}` });
  return (result?.messages ?? []).map((message) => message.ruleId ?? message.message);
}

const importing = (what: string) => `import { it } from '${what}';\nexport const that = it;\n`;
const PATHS = 'import-x/no-restricted-paths';
const IMPORTS = 'no-restricted-imports';

describe('the import table, packages', () => {
  it.each([
    ['src-shared/x.ts', 'electron'],
    ['src-shared/x.ts', 'node:fs'],
    ['src-shared/x.ts', 'vue'],
    ['src-renderer/stores/x.ts', 'electron'],
    ['src-renderer/stores/x.ts', 'node:fs'],
    ['src-renderer/stores/x.ts', 'fs'],
    ['src-renderer/stores/x.ts', '@xmpp/jid'],
    ['src-main/preload/x.ts', 'node:path'],
    ['src-main/xmpp/x.ts', 'electron'],
    ['src-main/xmpp/x.ts', 'ws'],
    ['src-main/xmpp/x.ts', 'node:crypto'],
    ['src-main/xmpp/xep/x.ts', 'node:fs'],
    ['src-main/xmpp/stream/x.ts', 'node:fs'],
    ['src-main/xmpp/stream/x.ts', 'electron'],
    ['src-main/session/x.ts', 'electron'],
    ['src-main/session/x.ts', 'node:crypto'],
    ['src-main/session/x.ts', 'libsql'],
    ['src-main/store/x.ts', 'libsql'],
    ['src-main/store/x.ts', 'electron'],
    ['src-main/core.ts', 'electron'],
    ['src-main/core.ts', 'node:fs'],
    ['src-main/credentials/x.ts', 'electron'],
    ['src-main/desktop/x.ts', 'keytar'],
    ['src-main/ipc/x.ts', 'node:fs'],
  ])('%s may not import %s', async (file, what) => {
    expect(await broken(importing(what), file)).toEqual([IMPORTS]);
  });

  it.each([
    ['src-shared/x.ts', 'valibot'],
    ['src-renderer/stores/x.ts', 'pinia'],
    ['src-renderer/components/x.ts', '@lucide/vue'],
    ['src-main/xmpp/x.ts', '@xmpp/xml'],
    ['src-main/xmpp/stream/x.ts', 'ws'],
    ['src-main/xmpp/stream/x.ts', 'node:crypto'],
    ['src-main/xmpp/stream/x.ts', '@xmpp/websocket/lib/Socket.js'],
    ['src-main/store/driver.ts', 'libsql'],
    ['src-main/credentials/x.ts', 'keytar'],
    ['src-main/desktop/x.ts', 'electron'],
    ['src-main/desktop/x.ts', 'node:fs'],
    ['tests/x.ts', 'node:fs'],
  ])('%s may import %s', async (file, what) => {
    expect(await broken(importing(what), file)).toEqual([]);
  });

  it('holds for import() and require() too', async () => {
    const file = 'src-main/xmpp/x.ts';
    expect(await broken("export const it = import('electron');", file)).toEqual(['no-restricted-syntax']);
    expect(await broken("export const it = require('node:fs');", file)).toContain('no-restricted-syntax');
    expect(await broken("export const it = import('@xmpp/jid');", file)).toEqual([]);
  });

  it('does not mistake a package for one with a longer name', async () => {
    expect(await broken(importing('ws-like'), 'src-main/xmpp/stream/x.ts')).toEqual([IMPORTS]);
    expect(await broken(importing('vue-router'), 'src-renderer/x.ts')).toEqual([IMPORTS]);
  });
});

describe('the import table, folders', () => {
  it.each([
    ['src-shared/x.ts', '../src-main/ports'],
    ['src-renderer/stores/x.ts', '../../src-main/ports'],
    ['src-main/preload/x.ts', '../ports'],
    ['src-main/preload/x.ts', '../../src-shared/model/account'],
    ['src-main/xmpp/x.ts', '../../src-shared/ipc/contract'],
    ['src-main/xmpp/stream/x.ts', '../../store/store'],
    ['src-main/xmpp/x.ts', '../core-api'],
    ['src-main/credentials/x.ts', '../store/store'],
    ['src-main/desktop/x.ts', '../xmpp/link'],
    ['src-main/ipc/x.ts', '../xmpp/link'],
    ['src-main/store/x.ts', '../xmpp/link'],
    ['src-main/store/x.ts', '../../tests/unit/lint-rules.test'],
  ])('%s may not import %s', async (file, what) => {
    expect(await broken(importing(what), file)).toEqual([PATHS]);
  });

  it.each([
    ['src-renderer/stores/x.ts', '../../src-shared/model/account'],
    ['src-main/preload/x.ts', '../../src-shared/ipc/contract'],
    ['src-main/xmpp/stream/x.ts', '../link'],
    ['src-main/xmpp/x.ts', '../ports'],
    ['src-main/session/x.ts', '../store/store'],
    ['src-main/session/x.ts', '../xmpp/link'],
    ['src-main/core.ts', './store/store'],
    ['src-main/ipc/x.ts', '../core-api'],
    ['src-main/compose.ts', './xmpp/link'],
    ['tests/unit/x.ts', '../../src-main/xmpp/link'],
  ])('%s may import %s', async (file, what) => {
    expect(await broken(importing(what), file)).toEqual([]);
  });
});

describe('what the parts may not touch', () => {
  it.each([
    ['src-main/xmpp/x.ts', 'export const it = Math.random();', 'no-restricted-properties'],
    ['src-main/desktop/x.ts', 'export const it = Math.random();', 'no-restricted-properties'],
    ['src-main/session/x.ts', 'export const it = Date.now();', 'no-restricted-properties'],
    ['src-main/session/x.ts', 'export const it = new Date();', 'no-restricted-syntax'],
    ['src-main/xmpp/x.ts', 'setTimeout(() => undefined, 1);', 'no-restricted-globals'],
    ['src-main/session/x.ts', 'setInterval(() => undefined, 1);', 'no-restricted-globals'],
    ['src-main/desktop/x.ts', "import { ipcMain } from 'electron';\nexport const it = ipcMain;", IMPORTS],
    ['src-main/compose.ts', "import { ipcMain } from 'electron';\nexport const it = ipcMain;", IMPORTS],
    ['src-main/ipc/x.ts', "import { ipcRenderer } from 'electron';\nexport const it = ipcRenderer;", IMPORTS],
    [
      'src-main/ipc/x.ts',
      "import { BrowserWindow } from 'electron';\nexport const it = BrowserWindow;",
      IMPORTS,
    ],
    ['src-main/preload/x.ts', "import { shell } from 'electron';\nexport const it = shell;", IMPORTS],
    [
      'src-main/desktop/x.ts',
      "import electron from 'electron';\nexport const it = electron.ipcMain;",
      'no-restricted-properties',
    ],
    ['src-main/desktop/x.ts', 'export default 1;', 'import-x/no-default-export'],
    ['src-renderer/x.ts', 'const it = 1;\nexport { it as default };', 'import-x/no-default-export'],
    ['src-renderer/x.ts', "console.log('it');", 'no-console'],
    ['src-main/x.ts', "console.log('it');", 'no-console'],
    ['src-shared/x.ts', 'export const it = (one: any) => String(one);', '@typescript-eslint/no-explicit-any'],
    ['src-main/x.ts', '// a line\n'.repeat(401), 'max-lines'],
    ['src-main/main.ts', '// a line\n'.repeat(101), 'max-lines'],
  ])('%s: %s', async (file, code, rule) => {
    expect(await broken(code, file)).toEqual([rule]);
  });

  it.each([
    ['src-main/ipc/x.ts', "import { ipcMain } from 'electron';\nexport const it = ipcMain;"],
    ['src-main/preload/x.ts', "import { ipcRenderer } from 'electron';\nexport const it = ipcRenderer;"],
    ['src-main/session/x.ts', 'export const it = new Date(0);'],
    ['src-main/desktop/clock.ts', 'export const it = Date.now();'],
    ['tests/x.ts', 'export const it = Date.now() + Math.random();\nconsole.log(it);'],
    ['some.config.ts', 'export default 1;'],
  ])('%s is free to say %s', async (file, code) => {
    expect(await broken(code, file)).toEqual([]);
  });

  it('a template may not use v-html, and a Vue file may export its component', async () => {
    const vue = (inner: string) =>
      `<script setup lang="ts">\nconst it = '';\n</script>\n\n<template>\n  <p ${inner} />\n</template>\n`;
    expect(await broken(vue('v-html="it"'), 'src-renderer/components/Some.vue')).toEqual(['vue/no-v-html']);
    expect(await broken(vue(':title="it"'), 'src-renderer/components/Some.vue')).toEqual([]);
  });

  it('what is seen or read out is in the catalogues, in the window and in main', async () => {
    const vue = (template: string): string =>
      `<script setup lang="ts">\nconst it = 'it';\n</script>\n\n<template>${template}</template>\n`;
    const rule = 'vue/no-bare-strings-in-template';
    const some = 'src-renderer/components/Some.vue';
    expect(await broken(vue('<p>Hello</p>'), some)).toContain(rule);
    expect(await broken(vue('<i :title="it" aria-label="Hello" />'), some)).toContain(rule);
    expect(await broken(vue('<p :title="it">{{ it }}</p>'), some)).not.toContain(rule);
    const words = 'no-restricted-syntax';
    const item = (label: string): string => `export const item = { label: '${label}' };`;
    expect(await broken(item('Open the window'), 'src-main/desktop/x.ts')).toEqual([words]);
    expect(await broken(item('Open the window'), 'src-renderer/features/x.ts')).toEqual([words]);
    expect(await broken(item('Flint'), 'src-main/desktop/x.ts')).toEqual([]);
    expect(await broken(item('settings.title'), 'src-renderer/features/x.ts')).toEqual([]);
  });

  it('the rules of the table hold inside Vue files', async () => {
    const code =
      '<script setup lang="ts">\nimport { app } from \'electron\';\n</script>\n\n<template>\n  <p>{{ app }}</p>\n</template>\n';
    expect(await broken(code, 'src-renderer/components/Some.vue')).toEqual([IMPORTS]);
  });

  // All types of the project are read for it.
  it('no promise is left alone', { timeout: 120_000 }, async () => {
    const code = 'export function it(): void {\n  Promise.resolve();\n}\n';
    expect(await broken(code, 'src-main/ports.ts', typed)).toEqual([
      '@typescript-eslint/no-floating-promises',
    ]);
  });
});
