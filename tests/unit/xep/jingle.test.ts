import { describe, expect, it } from 'vitest';
import { xml, type Element } from '../../../src-main/xmpp/element';
import { jingle, jingleContent, jingleReason, parseJingle } from '../../../src-main/xmpp/xep/0166-jingle';
import {
  fileDescription,
  fileTooLarge,
  isTooLarge,
  parseFileDescription,
  wantsPart,
} from '../../../src-main/xmpp/xep/0234-jingle-files';
import { parseStreamTransport, streamTransport } from '../../../src-main/xmpp/xep/0261-jingle-bytestreams';
import { parseHashes } from '../../../src-main/xmpp/xep/0300-hashes';
import { stanza } from '../../support/stanza';

const file = {
  ...{ name: 'a & b.txt', size: 8, type: 'text/plain', date: Date.UTC(2026, 1, 3, 4, 5, 6) },
  hash: { algo: 'sha-256', hex: 'ab'.repeat(32) },
} as const;
const content = { creator: 'initiator', name: 'c', senders: 'initiator' } as const;
const description = (inside: string): Element => {
  const file = `<file><name>a</name><size>8</size>${inside}</file>`;
  const [one] = stanza(
    `<message><description xmlns='urn:xmpp:jingle:apps:file-transfer:5'>${file}</description></message>`,
  ).getChildElements();
  if (!one) throw new Error('no description');
  return one;
};
const offered = (inside: string): ReturnType<typeof parseFileDescription> =>
  parseFileDescription(description(inside));
const set = (payload: Element): Element => xml('iq', { xmlns: 'jabber:client', type: 'set' }, payload);

describe('Jingle', () => {
  it('is read as it is written: whom, what, which way and why', () => {
    const offer = jingleContent(
      content,
      fileDescription(file),
      streamTransport({ sid: 's', blockSize: 4096 }),
    );
    const request = parseJingle(set(jingle('session-initiate', 'j', { initiator: 'a@b/c' }, offer)));
    if (!request || request === 'bad') throw new Error('it is not read');
    expect(request).toMatchObject({ action: 'session-initiate', sid: 'j', reason: null, info: null });
    const [one] = request.contents;
    expect(one).toMatchObject(content);
    expect(one?.description && parseFileDescription(one.description)).toEqual({
      ...file,
      ...{ algos: ['sha-256'], promised: true },
    });
    expect(one?.transport && parseStreamTransport(one.transport)).toEqual({ sid: 's', blockSize: 4096 });
    const end = parseJingle(
      set(jingle('session-terminate', 'j', {}, jingleReason('media-error', fileTooLarge()))),
    );
    if (!end || end === 'bad') throw new Error('its end is not read');
    expect(end).toMatchObject({ reason: 'media-error', contents: [] });
    expect(end.detail && isTooLarge(end.detail)).toBe(true);
  });

  it('tells when a file was changed, and reads that where it is a time', () => {
    expect(fileDescription(file).toString()).toContain('<date>2026-02-03T04:05:06Z</date>');
    expect(fileDescription({ ...file, date: null }).toString()).not.toContain('<date');
    expect(offered('<date>2026-02-03T04:05:06.5+01:00</date>')).toMatchObject({
      date: Date.UTC(2026, 1, 3, 3, 5, 6, 500),
    });
    for (const none of [
      '',
      'yesterday',
      '2026-02-03T99:99:99Z',
      '+275760-09-13',
      '1969-01-01',
      '9'.repeat(99),
    ])
      expect(offered(`<date>${none}</date>`), none).toMatchObject({ size: 8, date: null });
  });

  it('T20 of a file all or nothing is taken and given: a range over all of it is no piece', () => {
    for (const all of ['', "offset='0'", "offset='0' length='8'", "length='9'"]) {
      expect(offered(`<range ${all}/>`), all).toMatchObject({ size: 8 });
      expect(wantsPart(description(`<range ${all}/>`), 8), all).toBe(false);
    }
    for (const piece of [
      "offset='4'",
      "length='4'",
      "offset='-0'",
      "offset=''",
      "length='8e0'",
      "length='Infinity'",
    ]) {
      expect(offered(`<range ${piece}/>`), piece).toBe('bad');
      expect(offered(`<range/><range ${piece}/>`), piece).toBe('bad');
      expect(wantsPart(description(`<range/><range ${piece}/>`), 8), piece).toBe(true);
    }
  });

  it('T20 without a session, or of an action that is none, is refused; of another namespace it is none', () => {
    const of = (attributes: string, ns = 'urn:xmpp:jingle:1'): ReturnType<typeof parseJingle> =>
      parseJingle(stanza(`<iq type='set'><jingle xmlns='${ns}' ${attributes}/></iq>`));
    expect(of("action='session-info'")).toBe('bad');
    expect(of("sid='j'")).toBe('bad');
    expect(of("action='toString' sid='j'")).toBe('bad');
    expect(of(`action='session-info' sid='${'j'.repeat(201)}'`)).toBe('bad');
    expect(of("action='session-info' sid='j'", 'urn:xmpp:jingle:0')).toBeNull();
  });

  it('T20 hashes count when they are of a kind that is known, and as long as it is', () => {
    const hashes = (inside: string): ReturnType<typeof parseHashes> =>
      parseHashes(stanza(`<file>${inside.replaceAll('<hash', "<hash xmlns='urn:xmpp:hashes:2'")}</file>`));
    const sha1 = Buffer.alloc(20, 1).toString('base64');
    expect(
      hashes(`<hash algo='sha-1'>${sha1}</hash><hash algo='sha-512'/><hash algo='md5'>${sha1}</hash>`),
    ).toEqual({ told: [{ algo: 'sha-1', hex: '01'.repeat(20) }], named: ['sha-512', 'sha-1'] });
    expect(hashes(`<hash algo='sha-256'>${sha1}</hash>`)).toEqual({ told: [], named: ['sha-256'] });
  });
});
