import type { Guard } from './guard';

const slots = 'tests/unit/files/slot.test.ts';
const names = 'tests/unit/files/names.test.ts';
const hostile = 'tests/security/hostile-files.test.ts';
const previews = 'tests/security/hostile-previews.test.ts';

/** Files: where they are put to and fetched from, and what is shown of them. */
export const filesGuards: readonly Guard[] = [
  {
    id: 'T17',
    file: 'src-main/session/files/previews.ts',
    find: "if (linkPreviews === 'ask') return ok({ is: 'ask' });",
    replace: '',
    test: previews,
    title: 'before the user said yes',
  },
  {
    id: 'T17',
    file: 'src-main/session/files/previews.ts',
    find: 'if (!(await parts.mayFetch(message, url))) return ok(none);',
    replace: '',
    test: previews,
    title: 'links of strangers',
  },
  {
    id: 'T17',
    file: 'src-main/session/files/previews.ts',
    find: '!message.retracted && message.body.includes(url)',
    replace: 'url !== ""',
    test: previews,
    title: 'only what stands in the message',
  },
  {
    id: 'T17',
    file: 'src-main/desktop/transfer/page.ts',
    find: 'got >= HEAD_BYTES ||',
    replace: '',
    test: previews,
    title: 'a page without an end',
  },
  {
    id: 'T18',
    file: 'src-main/xmpp/guards/upload-slot.ts',
    find: "if (url.protocol !== 'https:' && !plain) return null;",
    replace: '',
    test: slots,
    title: 'https alone',
  },
  {
    id: 'T18',
    file: 'src-main/xmpp/guards/upload-slot.ts',
    find: 'HEADERS.includes(name.toLowerCase()) &&',
    replace: '',
    test: slots,
    title: 'only three',
  },
  {
    id: 'T18',
    file: 'src-main/xmpp/guards/upload-slot.ts',
    find: "value.replace(/[\\r\\n]+/gu, '')",
    replace: 'value',
    test: slots,
    title: 'only three',
  },
  {
    id: 'T20',
    file: 'src-shared/model/file.ts',
    find: "given.split(/[/\\\\]/u).at(-1) ?? ''",
    replace: 'given',
    test: names,
    title: 'is saved as',
  },
  {
    id: 'T20',
    file: 'src-main/session/files/pictures.ts',
    find: "if (file.sha256 !== null && sha256Hex(bytes) !== file.sha256) return failed('file-changed');",
    replace: '',
    test: hostile,
    title: 'not promised',
  },
  {
    id: 'T20',
    file: 'src-main/desktop/transfer/connect.ts',
    find: '(!free && isIP(host) !== 0 && isPrivateAddress(host))',
    replace: '(!free && host === "")',
    test: hostile,
    title: 'leads nowhere inside',
  },
  {
    id: 'T21',
    file: 'src-shared/model/shown-picture.ts',
    find: 'return drawable && width * height <= MAX_PIXELS ? header : null;',
    replace: 'return drawable ? header : header;',
    test: names,
    title: 'of a size that is drawn',
  },
  {
    id: 'T31',
    file: 'src-main/session/files/pictures.ts',
    find: "if (!asked && !(await parts.mayFetch(message))) return ok({ is: 'held', why: 'stranger' });",
    replace: '',
    test: hostile,
    title: 'of a stranger nothing is fetched',
  },
  {
    id: 'T32',
    file: 'src-main/ipc/answer-call.ts',
    find: "if (!allowed) return failed('forbidden');",
    replace: '',
    test: 'tests/unit/desktop/calls.test.ts',
    title: 'preload script alone',
  },
];
