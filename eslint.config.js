// The house rules that a machine can hold: types, the import table, and what each folder must not touch.
import { join } from 'node:path';
import { defineConfig } from 'eslint/config';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';

const root = import.meta.dirname;
const CODE = '**/*.{ts,vue}';

/** Words for people come from the catalogues; what is a name stays. */
const WORDS = {
  message: 'What is seen or read out is in the catalogues: src-shared/i18n.',
  of: (names) =>
    `Property[key.name=/^(?:${names})$/] > Literal[value=/[a-z]{2}/i]:not([value="Flint"]):not([value=/^[a-zA-Z]+\\.[\\w-]+$/])`,
};

/**
 * The import table. `files` are the importers, `inside` what they may import of this project (beside themselves),
 * `packages` which npm packages and Node modules (as regular expressions), `electron` which names of Electron.
 * A later row wins over an earlier one where both fit a file, as far as packages go.
 */
const TABLE = [
  {
    name: 'src-shared',
    files: ['src-shared'],
    inside: [],
    packages: ['valibot'],
    rule: 'src-shared imports only itself and the schema library, for both processes use it',
  },
  {
    name: 'src-renderer',
    files: ['src-renderer'],
    inside: ['src-shared', 'assets'],
    syntax: [
      WORDS.of('label|title|subtitle|text|hint|placeholder'),
      'CallExpression[callee.property.name="sayText"] > Literal',
    ],
    packages: [
      'vue',
      'pinia',
      'reka-ui',
      'virtua',
      '@lucide/vue',
      'linkifyjs',
      'emojibase-data',
      '@internationalized/date',
    ],
    rule: 'the window imports only src-shared, Vue, Pinia and UI libraries; never electron or node:',
  },
  {
    name: 'src-main/preload',
    files: ['src-main/preload'],
    inside: ['src-shared/ipc'],
    packages: [],
    electron: ['contextBridge', 'ipcRenderer', 'IpcRendererEvent', 'webFrame', 'webUtils'],
    rule: 'the preload script imports only src-shared/ipc and contextBridge, ipcRenderer, webFrame and webUtils of electron',
  },
  {
    name: 'src-main/xmpp',
    files: ['src-main/xmpp'],
    inside: ['src-shared/model', 'src-main/ports.ts'],
    packages: ['@xmpp', 'ltx', 'saxes'],
    rule: 'xmpp/ imports only src-shared/model, the ports, @xmpp/*, ltx and the XML parser (stream/ also ws, node:crypto and node:tls)',
  },
  {
    name: 'src-main/xmpp/stream',
    files: ['src-main/xmpp/stream'],
    packages: ['@xmpp', 'ltx', 'saxes', 'ws', 'node:crypto', 'node:tls'],
    rule: 'xmpp/stream imports only src-shared/model, the ports, @xmpp/*, ltx, the XML parser, ws, node:crypto and node:tls',
  },
  {
    name: 'src-main/session',
    files: ['src-main/session'],
    inside: ['src-main/xmpp', 'src-main/store/store.ts', 'src-main/ports.ts', 'src-shared'],
    packages: ['@xmpp/xml', 'valibot'],
    rule: "session/ imports only xmpp, the store's interface, the ports, src-shared and the schema library",
  },
  {
    name: 'src-main/store',
    files: ['src-main/store'],
    inside: ['src-shared/model', 'src-main/ports.ts'],
    // A process of its own, which also puts damaged files aside and checks keys.
    packages: ['node:worker_threads', 'node:fs', 'node:path', 'node:crypto'],
    rule: 'store/ imports only src-shared/model, the ports and node:worker_threads, fs, path and crypto; the SQLite driver is for driver.ts alone',
  },
  {
    name: 'src-main/store/driver',
    files: ['src-main/store/driver.ts'],
    packages: ['libsql', 'node:worker_threads'],
    rule: 'store/driver.ts imports only src-shared/model, the ports and the SQLite driver',
  },
  {
    name: 'src-main/core',
    files: ['src-main/core.ts', 'src-main/core-api.ts', 'src-main/ports.ts'],
    inside: ['src-main/xmpp', 'src-main/session', 'src-main/store', 'src-shared'],
    packages: ['valibot'],
    rule: 'the core imports only xmpp, session, store, the ports, src-shared and the schema library; it runs under plain Node, without electron',
  },
  {
    name: 'src-main/credentials',
    files: ['src-main/credentials'],
    inside: ['src-main/ports.ts', 'src-shared'],
    packages: ['keytar'],
    rule: 'credentials/ imports only the ports, src-shared and keytar',
  },
  {
    name: 'src-main/desktop',
    files: ['src-main/desktop'],
    inside: ['src-main/ports.ts', 'src-main/core-api.ts', 'src-shared'],
    packages: ['node:.*', 'dbus-next', 'valibot', 'htmlparser2'],
    electron: 'all but ipc',
    syntax: [WORDS.of('label|sublabel|title|subtitle|body|message|detail|buttonLabel|placeholder|toolTip')],
    rule: "desktop/ imports only the ports, the core's interface, src-shared with the schema library, electron (without ipcMain), node:, D-Bus and the HTML parser",
  },
  {
    name: 'src-main/ipc',
    files: ['src-main/ipc'],
    inside: ['src-shared', 'src-main/core-api.ts'],
    packages: ['valibot'],
    electron: ['ipcMain', 'IpcMainEvent', 'IpcMainInvokeEvent', 'WebContents', 'WebFrameMain'],
    rule: "ipc/ imports only src-shared, the core's interface and ipcMain of electron",
  },
  {
    name: 'src-main/compose',
    files: ['src-main/compose.ts', 'src-main/main.ts'],
    inside: ['src-main', 'src-shared'],
    packages: ['node:.*'],
    electron: 'all but ipc',
    rule: 'main.ts and compose.ts use ipcMain only through ipc/',
  },
];

/** The project's folders that nothing in TABLE covers stay free; compose.ts is for main.ts alone. */
const zones = [
  ...TABLE.filter((row) => row.inside).map(({ files, inside, rule }) => ({
    target: files.map((file) => join(root, file)),
    from: root,
    except: ['node_modules', ...files, ...inside],
    message: `By the import table, ${rule}.`,
  })),
  {
    target: ['src-shared', 'src-renderer', 'tests', 'scripts', 'src-main/*/**', 'src-main/!(main).ts'].map(
      (path) => join(root, path),
    ),
    from: join(root, 'src-main', 'compose.ts'),
    message: 'By the import table, compose.ts is imported by main.ts alone.',
  },
];

const IPC = {
  importNames: ['ipcMain', 'ipcRenderer'],
  message: 'ipcMain is for src-main/ipc alone, ipcRenderer for src-main/preload.',
};

/** An allow-list of packages as the one forbidden pattern: whatever is neither relative nor allowed. */
function packageRules({ files, packages, electron, rule, syntax = [] }) {
  const allowed = [...packages, ...(electron ? ['electron'] : [])];
  const regex = `^(?!\\.{1,2}(/|$)${allowed.map((name) => `|${name}(/|$)`).join('')})`;
  const message = `By the import table, ${rule}.`;
  const words = syntax.map((selector) => ({ selector, message: WORDS.message }));
  const names = electron === 'all but ipc' ? IPC : { allowImportNames: electron, message };
  return {
    files: files.map((file) => (/\.ts$/.test(file) ? file : `${file}/${CODE}`)),
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex, message }], paths: electron ? [{ name: 'electron', ...names }] : [] },
      ],
      // The same for import('…') and require('…'), which no-restricted-imports does not see.
      'no-restricted-syntax': [
        'error',
        ...['ImportExpression > Literal.source', 'CallExpression[callee.name="require"] > Literal'].map(
          (selector) => ({ selector: `${selector}[value=/${regex.replaceAll('/', '\\/')}/]`, message }),
        ),
        ...BANNED_SYNTAX,
        ...words,
      ],
    },
  };
}

/** ESLint's own recommended rules that neither the compiler nor typescript-eslint covers. */
const CORE_RULES = [
  'no-alert',
  'no-async-promise-executor',
  'no-case-declarations',
  'no-cond-assign',
  'no-constant-binary-expression',
  'no-control-regex',
  'no-debugger',
  'no-duplicate-case',
  'no-empty',
  'no-empty-character-class',
  'no-eval',
  'no-invalid-regexp',
  'no-irregular-whitespace',
  'no-loss-of-precision',
  'no-misleading-character-class',
  'no-self-assign',
  'no-self-compare',
  'no-sparse-arrays',
  'no-unsafe-finally',
  'no-unsafe-optional-chaining',
  'no-useless-catch',
  'no-useless-escape',
  'no-var',
  'prefer-const',
];

const CLOCK = 'The time comes from the Clock port.';
const BANNED_SYNTAX = [{ selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: CLOCK }];
const RANDOM = 'Randomness comes from the Random port (a CSPRNG).';
const bannedProperties = [
  { object: 'Math', property: 'random', message: RANDOM },
  ...['ipcMain', 'ipcRenderer'].map((property) => ({ property, message: IPC.message })),
];
const clockProperties = [
  { object: 'Date', property: 'now', message: CLOCK },
  { object: 'performance', property: 'now', message: CLOCK },
];
const timers = ['setTimeout', 'setInterval', 'setImmediate'];

export default defineConfig(
  {
    ignores: ['node_modules', 'out', 'dist', '.cache', 'coverage', 'assets', 'tests/servers/openfire/server'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  // Types, everywhere.
  {
    files: [CODE],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.node.json', './tsconfig.web.json'],
        tsconfigRootDir: root,
        extraFileExtensions: ['.vue'],
      },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.vue', '.js', '.mjs', '.json'] })],
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // Interfaces here write functions as methods, and objects are closures, not classes.
      '@typescript-eslint/unbound-method': 'off',
      // A row's type is said where it is read.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      'import-x/no-restricted-paths': ['error', { basePath: root, zones }],
      'import-x/no-default-export': 'error',
      'max-lines': ['error', 400],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      ...Object.fromEntries(CORE_RULES.map((name) => [name, 'error'])),
    },
  },

  // What a part of the application must not touch.
  { files: ['src-*/**/*.{ts,vue}'], rules: { 'no-console': 'error' } },
  {
    files: [`src-main/${CODE}`],
    rules: {
      'no-restricted-properties': ['error', ...bannedProperties, ...clockProperties],
      'no-restricted-syntax': ['error', ...BANNED_SYNTAX],
    },
  },
  ...TABLE.map(packageRules),
  {
    files: [`src-main/{xmpp,session}/${CODE}`, 'src-main/core.ts'],
    rules: {
      'no-restricted-globals': ['error', ...timers.map((name) => ({ name, message: CLOCK }))],
    },
  },
  {
    // Where the Clock port is made of the computer's clock, and the entry of the store's own process.
    files: ['src-main/desktop/clock.ts', 'src-main/store/process.ts'],
    rules: { 'no-restricted-properties': ['error', ...bannedProperties], 'no-restricted-syntax': 'off' },
  },
  { files: ['src-main/ipc/**', 'src-main/preload/**'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['src-main/main.ts'], rules: { 'max-lines': ['error', 100] } },

  // The window.
  {
    files: ['**/*.vue'],
    extends: [vue.configs['flat/recommended']],
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: tseslint.parser,
        project: ['./tsconfig.web.json'],
        tsconfigRootDir: root,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      ...layoutRulesOff(),
      'vue/no-v-html': 'error',
      // Every word that is seen or read out is in the catalogues (src-shared/i18n).
      'vue/no-bare-strings-in-template': [
        'error',
        {
          allowlist: [
            'Flint',
            'Apache-2.0',
            'A',
            '✋',
            '*',
            '/',
            '·',
            '…',
            '›',
            ':',
            '(',
            ')',
            ',',
            '—',
            '–',
          ],
          attributes: {
            '/.+/': [
              'title',
              'alt',
              'placeholder',
              'label',
              'text',
              'hint',
              'aria-label',
              'aria-description',
            ],
          },
        },
      ],
      'vue/multi-word-component-names': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/require-default-prop': 'off',
      'import-x/no-default-export': 'off',
      // Props taken apart with defaults: the compiler macro's types hide that they may be absent.
      '@typescript-eslint/no-useless-default-assignment': 'off',
    },
  },

  // Tests and scripts: the same rules, without those that a test has reason to break.
  {
    files: ['tests/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  { files: ['*.config.ts', '**/*.d.ts'], rules: { 'import-x/no-default-export': 'off' } },
);

/** What prettier does, and rules that would undo it. */
function layoutRulesOff() {
  const layout = Object.entries(vue.rules).filter(([, rule]) => rule.meta.type === 'layout');
  return Object.fromEntries(layout.map(([name]) => [`vue/${name}`, 'off']));
}
