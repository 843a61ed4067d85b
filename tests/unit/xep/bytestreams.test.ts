import { describe, expect, it } from 'vitest';
import { MAX_BLOCK, nothingYet, takeBlock } from '../../../src-main/xmpp/guards/stream-blocks';
import { parseStreamRequest, streamBlock } from '../../../src-main/xmpp/xep/0047-bytestreams';
import { isTaken, offerFile, parseFileOffer, takeOffer } from '../../../src-main/xmpp/xep/0096-file-offers';
import { xml } from '../../../src-main/xmpp/element';
import { stanza } from '../../support/stanza';

const IBB = 'http://jabber.org/protocol/ibb';
const request = (payload: string): ReturnType<typeof parseStreamRequest> =>
  parseStreamRequest(stanza(`<iq type='set'>${payload}</iq>`));
const bytes = Buffer.from('But soft');

describe('in-band bytestreams', () => {
  it('are read as they are written; base64 in lines is base64', () => {
    const iq = xml('iq', { xmlns: 'jabber:client', type: 'set' }, streamBlock('s', 7, bytes));
    expect(parseStreamRequest(iq)).toEqual({ sid: 's', is: 'data', block: { seq: 7, bytes } });
    expect(request(`<data xmlns='${IBB}' sid='s' seq='7'>QnV0\n IHNvZnQ=\n</data>`)).toEqual({
      ...{ sid: 's', is: 'data' },
      block: { seq: 7, bytes },
    });
    expect(request(`<open xmlns='${IBB}' sid='s' block-size='4096'/>`)).toMatchObject({
      ...{ is: 'open', blockSize: 4096, byIq: true },
    });
    expect(request(`<close xmlns='${IBB}' sid='s'/>`)).toEqual({ sid: 's', is: 'close' });
  });

  it('T20 what is no base64, no number, or of another namespace is not taken for it', () => {
    for (const text of ['QnV', 'Q=V0', '!!!!', 'QnV0IHNvZnQ'])
      expect(request(`<data xmlns='${IBB}' sid='s' seq='0'>${text}</data>`), text).toMatchObject({
        block: { bytes: null },
      });
    expect(request(`<open xmlns='${IBB}' sid='s' block-size='1e3'/>`)).toMatchObject({ blockSize: NaN });
    expect(request(`<open xmlns='urn:other' sid='s' block-size='1'/>`)).toBeNull();
    expect(request(`<open xmlns='${IBB}' block-size='1'/>`)).toBeNull();
  });

  it('T20 pieces come in turn, no longer than agreed, no more than offered; 0 follows 65535', () => {
    const bounds = { blockSize: 8, size: 20 };
    const first = takeBlock(nothingYet, { seq: 0, bytes }, bounds);
    expect(first).toEqual({ progress: { seq: 1, got: 8 }, bytes });
    expect(takeBlock({ seq: MAX_BLOCK, got: 8 }, { seq: MAX_BLOCK, bytes }, bounds)).toMatchObject({
      progress: { seq: 0, got: 16 },
    });
    for (const seq of [0, 2, NaN])
      expect(takeBlock({ seq: 1, got: 8 }, { seq, bytes }, bounds)).toBe('broken');
    expect(takeBlock(nothingYet, { seq: 0, bytes }, { blockSize: 7, size: 20 })).toBe('broken');
    expect(takeBlock(nothingYet, { seq: 0, bytes: null }, bounds)).toBe('broken');
    expect(takeBlock({ seq: 1, got: 16 }, { seq: 1, bytes }, bounds)).toBe('too-many');
  });
});

describe('offers of files', () => {
  const offer = { sid: 's', name: 'a & b.txt', size: 8, type: 'text/plain', md5: 'a'.repeat(32) };
  const iq = (payload: ReturnType<typeof takeOffer>): ReturnType<typeof takeOffer> =>
    xml('iq', { xmlns: 'jabber:client', type: 'set' }, payload);

  it('are read as they are written, and so is their acceptance', () => {
    expect(parseFileOffer(iq(offerFile(offer)))).toEqual(offer);
    expect(isTaken(iq(takeOffer()))).toBe(true);
    expect(isTaken(iq(offerFile(offer)))).toBe(false);
  });

  it('T20 without a name, a size or a way that is ours are none', () => {
    expect(parseFileOffer(iq(offerFile({ ...offer, name: '' })))).toBe('bad');
    for (const size of [-1, 1.5, NaN, Infinity])
      expect(parseFileOffer(iq(offerFile({ ...offer, size })))).toBe('bad');
    const other = `<iq type='set'>${offerFile(offer).toString().replaceAll(IBB, 'urn:other')}</iq>`;
    expect(parseFileOffer(stanza(other))).toBe('no-stream');
    expect(parseFileOffer(iq(offerFile({ ...offer, type: 'a b<', md5: 'short' })))).toMatchObject({
      ...{ type: null, md5: null },
    });
  });
});
