import { describe, expect, it } from 'vitest';
import { checkThumbnail } from '../../../src-main/xmpp/guards/thumbnail';
import { fileSharing, parseFileSharing } from '../../../src-main/xmpp/xep/0447-file-sharing';
import { parseStanza } from '../../../src-main/xmpp/parse-stanza';
import { pngClaiming, pngOf } from '../../support/pictures';

const address = (bytes: Buffer, type = 'image/png'): string =>
  `data:${type};base64,${bytes.toString('base64')}`;
const good = address(pngOf(16, [20, 60, 90]));
const file = {
  ...{ url: 'https://upload.example.org/balcony.png', name: 'balcony.png', type: 'image/png' },
  ...{ size: 10, width: 640, height: 480, sha256: null },
};

describe('a thumbnail', () => {
  it('goes along with its file and comes back (XEP-0264 in XEP-0447)', () => {
    const [sharing] = fileSharing({ ...file, thumbnail: good });
    const stanza = parseStanza(`<message xmlns='jabber:client'>${String(sharing)}</message>`);
    expect(stanza && parseFileSharing(stanza)).toEqual({ ...file, thumbnail: good });
    const [plain] = fileSharing(file);
    expect(String(plain)).not.toContain('thumbnail');
  });

  it('T21 has its few bytes in itself, which are a small picture of three formats; anything else is left out', () => {
    expect(checkThumbnail(good)).toBe(good);
    // What it is, not what it says.
    expect(checkThumbnail(address(pngOf(16, [20, 60, 90]), 'image/webp'))).toBe(good);
    for (const bad of [
      '',
      'https://tracker.example.org/pixel.png',
      'cid:sha1+8f35fef110ffc5df08d579a50083ff9308fb6242@bob.xmpp.org',
      'javascript:alert(1)',
      address(Buffer.from('<svg onload="alert(1)"/>'), 'image/svg+xml'),
      address(Buffer.from('<svg onload="alert(1)"/>')),
      address(pngClaiming(60_000, 60_000)),
      address(pngClaiming(129, 8)),
      address(Buffer.concat([pngOf(16, [1, 2, 3]), Buffer.alloc(8_000)])),
      `${good}" onerror="alert(1)`,
    ])
      expect(checkThumbnail(bad), bad.slice(0, 80)).toBeNull();
  });
});
