import { describe, expect, it } from 'vitest';
import { fileNameOf, isPictureFile, safeFileName } from '../../../src-shared/model/file';
import { isPrivateAddress } from '../../../src-main/desktop/transfer/private-address';
import { shownHeader } from '../../../src-shared/model/shown-picture';
import { pngClaiming, pngOf } from '../../support/pictures';

describe('names of files', () => {
  it.each([
    ['../../.bashrc', 'bashrc'],
    ['/etc/passwd', 'passwd'],
    ['C:\\Windows\\system32\\cmd.exe', 'cmd.exe'],
    ['photo\u202Egnp.exe', 'photognp.exe'],
    ['CON.txt', '_CON.txt'],
    ['a\u0000b\n.png', 'ab.png'],
    ['  ..  ', 'file'],
    ['', 'file'],
    ['what?<is>|this*.txt', 'what__is__this_.txt'],
    ['王子轩.png', '王子轩.png'],
  ])('T20 %j is saved as %j', (given, saved) => {
    expect(safeFileName(given)).toBe(saved);
  });

  it('T20 a name is no longer than a disk takes, and keeps its end', () => {
    const name = safeFileName(`${'名'.repeat(500)}.jpeg`);
    expect([...name].length).toBeLessThan(140);
    expect(name).toMatch(/\.jpeg$/);
  });

  it('comes from the address where nobody gave one', () => {
    const file = {
      url: 'https://h.example/u/1/a%20b.PNG?x',
      name: null,
      type: null,
      size: null,
      width: null,
      height: null,
      sha256: null,
    };
    expect(fileNameOf(file)).toBe('a b.PNG');
    expect(isPictureFile(file)).toBe(true);
    expect(fileNameOf({ name: null, url: 'https://h.example/%E0%A4%A' })).toBe('%E0%A4%A');
  });
});

describe('what is fetched', () => {
  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
    ...['::1', '::', 'fe80::1', 'fe80::1%eth0', 'fd00::1', 'fec0::1', '224.0.0.1', 'not an address'],
    ...[
      '::ffff:10.0.0.1',
      '::ffff:a00:1',
      '::10.0.0.1',
      '::ffff:0:10.0.0.1',
      '64:ff9b::10.0.0.1',
      '64:ff9b::7f00:1',
    ],
    ...['64:ff9b:1::808:808', '2001::1', '2002:a00:1::1'],
  ])('T20 %s is a network of somebody’s own', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });
  it.each(['1.1.1.1', '172.32.0.1', '2606:4700::1111', '2001:4860::1', '::ffff:1.1.1.1', '64:ff9b::101:101'])(
    '%s is the internet',
    (address) => {
      expect(isPrivateAddress(address)).toBe(false);
    },
  );

  it('T21 is a picture of a size that is drawn, by its header', () => {
    expect(shownHeader(pngOf(8, [1, 2, 3]))).toEqual({ type: 'image/png', width: 8, height: 8 });
    const gif = Buffer.from('GIF89a\x10\x00\x20\x00', 'latin1');
    expect(shownHeader(gif)).toEqual({ type: 'image/gif', width: 16, height: 32 });
    expect(shownHeader(pngClaiming(60_000, 10))).toBeNull();
    expect(shownHeader(pngClaiming(16_000, 16_000))).toBeNull();
    expect(shownHeader(pngClaiming(0, 10))).toBeNull();
    expect(shownHeader(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeNull();
    expect(shownHeader(Buffer.alloc(0))).toBeNull();
  });
});
