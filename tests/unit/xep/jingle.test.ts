import { describe, expect, it } from 'vitest';
import { xml, type Element } from '../../../src-main/xmpp/element';
import { jingle, jingleContent, jingleReason, parseJingle } from '../../../src-main/xmpp/xep/0166-jingle';
import {
  fileDescription,
  fileTooLarge,
  isTooLarge,
  parseFileDescription,
} from '../../../src-main/xmpp/xep/0234-jingle-files';
import { parseStreamTransport, streamTransport } from '../../../src-main/xmpp/xep/0261-jingle-bytestreams';
import { parseHashes } from '../../../src-main/xmpp/xep/0300-hashes';
import { stanza } from '../../support/stanza';

const file = {
  ...{ name: 'a & b.txt', size: 8, type: 'text/plain' },
  hash: { algo: 'sha-256', hex: 'ab'.repeat(32) },
} as const;
const content = { creator: 'initiator', name: 'c', senders: 'initiator' } as const;
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
