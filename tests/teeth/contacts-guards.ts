import type { Guard } from './guard';

const picture = 'src-main/xmpp/guards/picture.ts';
const pictureTest = 'tests/unit/xmpp/picture-guard.test.ts';

/** Pictures of others, and who is asked for what they tell of themselves. */
export const contactsGuards: readonly Guard[] = [
  {
    id: 'T31',
    file: 'src-main/session/notices.ts',
    find: 'if (calling && isTooSoon(peer)) return;',
    replace: '',
    test: 'tests/unit/session/notices.test.ts',
    title: 'once a minute',
  },
  {
    id: 'T31',
    file: 'src-main/session/notices.ts',
    find: "message.kind === 'buzz' && live && heard &&",
    replace: "message.kind === 'buzz' && live &&",
    test: 'tests/unit/session/notices.test.ts',
    title: 'is not felt',
  },
  {
    id: 'T21',
    file: picture,
    find: 'if (base64.length > MAX_PICTURE_BYTES * 1.5) return null;',
    replace: '',
    test: pictureTest,
    title: 'not even decoded',
  },
  {
    id: 'T21',
    file: picture,
    find: 'bytes.length > MAX_PICTURE_BYTES || sha1(bytes) !== hash',
    replace: 'sha1(bytes) !== hash',
    test: pictureTest,
    title: 'more bytes',
  },
  {
    id: 'T21',
    file: picture,
    find: '|| sha1(bytes) !== hash',
    replace: "|| (hash === '-' && sha1(bytes) !== hash)",
    test: pictureTest,
    title: 'the promised SHA-1',
  },
  {
    id: 'T21',
    file: picture,
    find: 'side > 0 && side <= MAX_PICTURE_SIDE',
    replace: 'side >= 0',
    test: pictureTest,
    title: 'too great to draw',
  },
  {
    id: 'T21',
    file: picture,
    find: 'if (!header) return null;',
    replace: "if (!header) return { type: 'image/png', data };",
    test: pictureTest,
    title: 'no PNG, JPEG or WebP',
  },
  {
    id: 'T31',
    file: 'src-main/session/faces.ts',
    find: '(bare) => bare === context.bare || mayFetch(bare)',
    replace: '(bare) => mayFetch(bare) || true',
    test: 'tests/core/avatars.test.ts',
    title: 'picture of a stranger',
  },
  {
    id: 'T31',
    file: 'src-main/session/cards.ts',
    find: 'if (peer !== context.bare && !isContact(peer))',
    replace: "if (peer === '' && !isContact(peer))",
    test: 'tests/core/cards.test.ts',
    title: 'no card is asked for',
  },
  {
    id: 'T21',
    file: 'src-shared/model/picture-file.ts',
    find: "if (!header) return 'type';",
    replace: 'if (!header) return null;',
    test: 'tests/unit/settings/crop.test.ts',
    title: 'by its header alone',
  },
  {
    id: 'T21',
    file: 'src-shared/model/picture-file.ts',
    find: 'width * height <= MAX_PICKED_PIXELS',
    replace: 'width * height > 0',
    test: 'tests/unit/settings/crop.test.ts',
    title: 'by its header alone',
  },
  {
    id: 'T21',
    file: 'src-main/session/own-picture.ts',
    find: 'bytes.length > MAX_OWN_BYTES || header?.type !== type || side === undefined',
    replace: 'bytes.length === 0 || header?.type !== type',
    test: 'tests/core/own-picture.test.ts',
    title: 'a square that every server takes',
  },
];
