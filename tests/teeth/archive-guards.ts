import type { Guard } from './guard';

const reader = 'tests/unit/session/read-message.test.ts';
const archive = 'tests/unit/session/archive.test.ts';
const outbox = 'tests/unit/session/outbox.test.ts';

/** What a message may say, the archive, the outbox between streams, and the session that goes on. */
export const archiveGuards: readonly Guard[] = [
  {
    id: 'T3',
    file: 'src-main/xmpp/guards/archive-result.ts',
    find: 'asked !== undefined && asked === (from === undefined ? own.bare : bareJid(from))',
    replace: 'asked !== undefined || from === own.bare',
    test: archive,
  },
  {
    id: 'T3',
    file: 'src-main/session/incoming/read-message.ts',
    find: 'parseResult(stanza) ? null : author(stanza, own, way, scope)',
    replace: 'author(stanza, own, way)',
    test: 'tests/core/identity.test.ts',
  },
  {
    id: 'T4',
    file: 'src-main/xmpp/guards/correction.ts',
    find: "(kind === 'chat' ? author : null)",
    replace: '(kind === null ? null : author)',
    test: reader,
  },
  {
    id: 'T4',
    file: 'src-main/session/incoming/read-message.ts',
    find: 'const scope = correctionScope(who, type);',
    replace: "const scope = correctionScope({ ...who, direction: 'in' }, type);",
    test: reader,
  },
  {
    id: 'T5',
    file: 'src-main/xmpp/guards/retraction.ts',
    find: 'direction: author.direction,',
    replace: "direction: author.direction === 'in' ? 'out' : 'in',",
    test: reader,
  },
  {
    id: 'T5',
    file: 'src-main/xmpp/guards/moderation.ts',
    find: 'nick === null ? parseModeration(message) : null',
    replace: "nick === null || nick !== '' ? parseModeration(message) : null",
    test: 'tests/unit/xep/moderation.test.ts',
  },
  {
    id: 'T9',
    file: 'src-main/xmpp/guards/stanza-id.ts',
    find: 'if (!own.advertised) return null;',
    replace: '',
    test: reader,
  },
  {
    id: 'T9',
    file: 'src-main/xmpp/guards/stanza-id.ts',
    find: 'by !== undefined && bareJid(by) === own.bare',
    replace: 'by !== undefined && bareJid(by) !== null',
    test: reader,
  },
  {
    id: 'T11',
    file: 'src-main/xmpp/guards/receipt.ts',
    find: "author.direction === 'in' ? { peer: author.peer, direction: 'out' } : null",
    replace: "({ peer: author.peer, direction: 'out' })",
    test: reader,
  },
  {
    id: 'R8',
    file: 'src-main/session/archive/catch-up.ts',
    find: 'return refused ?? (await fillOldHoles(job));',
    replace: 'return refused;',
    test: archive,
  },
  {
    id: 'R10',
    file: 'src-main/session/archive/read-forward.ts',
    find: "if (!after || answer.condition !== 'item-not-found') return answer;",
    replace: 'if (after || !after) return answer;',
    test: archive,
  },
  {
    id: 'R10',
    file: 'src-main/session/archive/read-forward.ts',
    find: 'lost: !touches',
    replace: 'lost: false',
    test: archive,
  },
  {
    id: 'R3',
    file: 'src-main/session/outbox.ts',
    find: 'if (open && !asked) await parts.proveSent(link);',
    replace: '',
    test: outbox,
  },
  {
    id: 'R3',
    file: 'src-main/session/outbox.ts',
    find: 'if (!count || count.handled === null) return;',
    replace: 'if (!count || count.handled !== null) return;',
    test: outbox,
  },
  {
    id: 'R19',
    file: 'src-main/session/outbox.ts',
    find: '(isForNow(error) && holds.hold(peer, id))',
    replace: '(isForNow(error) && !holds.hold(peer, id))',
    test: outbox,
  },
  {
    id: 'R19',
    file: 'src-main/session/outbox.ts',
    find: 'const mayGo = !holds.isHeld(row.peer) &&',
    replace: 'const mayGo =',
    test: outbox,
  },
  {
    id: 'R19',
    file: 'src-main/session/outbox.ts',
    find: 'holds.inOrder(await store.outbox())',
    replace: 'await store.outbox()',
    test: outbox,
  },
  {
    id: 'R1',
    file: 'src-main/session/account-session.ts',
    find: 'await Promise.all([people.load(), resume.load(), rooms.load(), files.load()]);',
    replace: 'await Promise.all([people.load(), rooms.load()]);',
    test: 'tests/core/session-resume.test.ts',
    title: 'starts again, goes on with its session',
  },
  {
    id: 'R3',
    file: 'src-main/session/account-session.ts',
    find: 'if (opened.resumed && announced) return goOn(opened, announced, report);',
    replace: '',
    test: 'tests/core/session-resume.test.ts',
    title: 'keeps contacts where they were',
  },
  {
    id: 'R9',
    file: 'src-main/session/archive/index.ts',
    find: 'const refused = await lookBack(job, left.start);',
    replace:
      'const refused = await Promise.resolve<string | null>(lookBack.length > 9 ? String(left) : null);',
    test: 'tests/unit/session/archive.test.ts',
  },
];
