import type { Guard } from './guard';

/** The session: supervisor, keyring, what stanzas may change. */
export const sessionGuards: readonly Guard[] = [
  {
    id: 'T12',
    file: 'src-main/xmpp/guards/delay.ts',
    find: 'if (!delay || (delay.from !== own.domain && delay.from !== own.bare)) return now;',
    replace: 'if (!delay) return now;',
    test: 'tests/unit/xep/message.test.ts',
  },
  {
    id: 'T12',
    file: 'src-main/xmpp/guards/delay.ts',
    find: 'return delay.at < EARLIEST ? now : Math.min(delay.at, now);',
    replace: 'return delay.at;',
    test: 'tests/unit/xep/message.test.ts',
  },
  {
    id: 'T13',
    file: 'src-main/xmpp/xep/6121-message.ts',
    find: "childText(message, 'body', CLIENT) || null",
    replace: "message.getChildText('body') ?? message.getChild('html')?.getChildText('body') ?? null",
    test: 'tests/unit/xep/message.test.ts',
  },
  {
    id: 'R7',
    file: 'src-main/session/supervisor/index.ts',
    find: "if (state.phase === 'online') state.link.probe();",
    replace: '',
    test: 'tests/unit/supervisor/supervisor.test.ts',
  },
  {
    id: 'R7',
    file: 'src-main/session/supervisor/index.ts',
    find: 'const early = nudged + nudgeEvery - now;',
    replace: 'const early = 0;',
    test: 'tests/unit/supervisor/supervisor.test.ts',
  },
  {
    id: 'R16',
    file: 'src-main/session/supervisor/policy.ts',
    find: `'replaced-credentials',
`,
    replace: '',
    test: 'tests/unit/supervisor/supervisor.test.ts',
  },
  {
    id: 'R17',
    file: 'src-main/session/supervisor/policy.ts',
    find: '!everOnline || certificate !== null || needsSomebody.has(code)',
    replace: '!everOnline',
    test: 'tests/unit/supervisor/supervisor.test.ts',
  },
  {
    id: 'R18',
    file: 'src-main/session/supervisor/policy.ts',
    find: `'conflict',
`,
    replace: '',
    test: 'tests/unit/supervisor/supervisor.test.ts',
  },
  {
    id: 'R19',
    file: 'src-main/session/supervisor/policy.ts',
    find: 'const overload = isOverload(failure);',
    replace: 'const overload = false;',
    test: 'tests/unit/supervisor/supervisor.test.ts',
  },
  {
    id: 'R15',
    file: 'src-main/credentials/keyring.ts',
    find: 'if (secret === null) await assertOpen(keytar);',
    replace: '',
    test: 'tests/unit/credentials/real-keyring.test.ts',
  },
  {
    id: 'R15',
    file: 'src-main/credentials/keyring.ts',
    find: "fail({ state: 'slow', words: 'no answer in time' });",
    replace: '',
    test: 'tests/unit/credentials/keyring.test.ts',
  },
];
