import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UploadFault } from '../../src-shared/model/file';
import { fileOnDisk } from '../core/files-support';
import { idOf } from '../support/hostile-server';
import { hostileAccount, mallory, own, romeo, type HostileAccount } from './hostile-account';
import { IBB, iq, sender as taker } from './offered-files';

const JINGLE = 'urn:xmpp:jingle:1';
const FILES = 'urn:xmpp:jingle:apps:file-transfer:5';
const STREAM = 'urn:xmpp:jingle:transports:ibb:1';
const found = (frame: string, pattern: RegExp): string => pattern.exec(frame)?.[1] ?? '';

/** A contact to whom a file of ours is offered in a Jingle session (XEP-0166, XEP-0234), and whose client does what it should not. */
describe('whoever a file is offered to', () => {
  let it_: HostileAccount;
  let files = 0;
  beforeEach(async () => {
    it_ = await hostileAccount();
    await it_.core.waitForState(({ upload }) => upload.is === 'none', 'no file service');
    it_.send(`<presence xmlns='jabber:client' from='${taker}' to='${own}/flint'/>`);
    await it_.settled();
  });
  afterEach(() => it_.stop());

  /** The latest stanza to this contact that fits, once it is another than `last`. */
  const heard = (fits: (frame: string) => boolean, last = ''): Promise<string> =>
    it_.core.until(() => {
      const frame = it_.guest.received.findLast((one) => one.includes(`to="${taker}"`) && fits(one));
      return frame === last ? null : frame;
    }, 'what goes to the contact');
  const isInitiate = (frame: string): boolean => frame.includes('action="session-initiate"');
  const acknowledge = (frame: string): void => {
    it_.send(
      `<iq xmlns='jabber:client' type='result' id='${idOf(frame)}' from='${taker}' to='${own}/flint'/>`,
    );
  };
  let question = '';
  let offer = '';
  /** Offers a file; resolves with the session and the stream that the other side is asked for. */
  const offered = async (): Promise<{ readonly sid: string; readonly stream: string }> => {
    const path = await fileOnDisk(it_.core, `letter ${String((files += 1))}.txt`, 'But soft');
    await it_.core.ask('file.add', { account: it_.account, peer: romeo, paths: [path] });
    question = await heard((frame) => frame.includes('disco#info'), question);
    it_.send(
      `<iq xmlns='jabber:client' type='result' id='${idOf(question)}' from='${taker}' to='${own}/flint'>` +
        `<query xmlns='http://jabber.org/protocol/disco#info'>` +
        `${[JINGLE, FILES, STREAM].map((name) => `<feature var='${name}'/>`).join('')}</query></iq>`,
    );
    offer = await heard(isInitiate, offer);
    acknowledge(offer);
    return {
      sid: found(offer, /action="session-initiate"[^>]* sid="([^"]+)"/),
      stream: found(offer, /<transport[^>]* sid="([^"]+)"/),
    };
  };
  const say = (id: string, action: string, sid: string, inside = '', from = taker): void =>
    it_.send(iq(from, id, `<jingle xmlns='${JINGLE}' action='${action}' sid='${sid}'>${inside}</jingle>`));
  const takes = (stream: string, size = '4096', about = ''): string =>
    `<content creator='initiator' name='file'><description xmlns='${FILES}'><file>${about}</file></description>` +
    `<transport xmlns='${STREAM}' sid='${stream}' block-size='${size}'/></content>`;
  const answerTo = (id: string): Promise<string> =>
    it_.core.until(
      () => it_.guest.received.find((frame) => /type="(result|error)"/.test(frame) && idOf(frame) === id),
      `an answer to ${id}`,
    );
  /** Why the file in the tray did not go; it is taken out then. */
  const fault = async (): Promise<UploadFault | undefined> => {
    const { id, why } = await it_.core.until(async () => {
      const [upload] = (await it_.core.ask('file.uploads', { account: it_.account })).value;
      return upload?.fault ? { id: upload.id, why: upload.fault.why } : null;
    }, 'why it did not go');
    await it_.core.ask('file.cancel', { account: it_.account, id });
    return why;
  };

  it('says why not, and each reason has words of its own in the tray', async () => {
    const reasons: readonly (readonly [string, UploadFault])[] = [
      ['<decline/>', 'declined'],
      ['<busy/>', 'busy'],
      ['<expired/>', 'no-answer'],
      ['<gone/>', 'nobody'],
      ['<failed-transport/>', 'line'],
      ['<unsupported-transports/>', 'no-way'],
      ['<general-error/>', 'failed-there'],
      ['<media-error/>', 'damaged'],
      [
        "<media-error/><file-too-large xmlns='urn:xmpp:jingle:apps:file-transfer:errors:0'/>",
        'too-large-there',
      ],
      // It cannot be there: nothing was sent.
      ['<success/>', 'stopped'],
    ];
    for (const [reason, words] of reasons) {
      const { sid } = await offered();
      say(`end-${sid}`, 'session-terminate', sid, `<reason>${reason}</reason>`);
      expect(await fault(), reason).toBe(words);
      expect(await answerTo(`end-${sid}`)).toContain('type="result"');
    }
    await it_.livesOn();
  });

  it('T20 is the only one who may take it: of others a yes is answered like what nobody knows, and nothing goes', async () => {
    const { sid, stream } = await offered();
    for (const other of [`${romeo}/other`, `${mallory}/x`]) {
      say(`yes-${other}`, 'session-accept', sid, takes(stream), other);
      expect(await answerTo(`yes-${other}`)).toContain('type="error"');
    }
    say('same', 'session-initiate', sid, takes(stream));
    expect(await answerTo('same')).toContain('tie-break');
    say(
      'rejects',
      'content-reject',
      sid,
      "<content creator='initiator' name='file'/><reason><decline/></reason>",
    );
    expect(await fault()).toBe('declined');
    expect(it_.guest.received.filter((frame) => frame.includes(`<open xmlns="${IBB}"`))).toEqual([]);
  });

  it('T20 gets nothing by another stream, in larger pieces, or from the middle of the file', async () => {
    for (const wrong of [
      (): string => takes('another'),
      (stream: string): string => takes(stream, '60000'),
      (stream: string): string => takes(stream, '4096', "<range offset='4'/>"),
    ]) {
      const { sid, stream } = await offered();
      say(`yes-${sid}`, 'session-accept', sid, wrong(stream));
      expect(await fault()).toBe('no-way');
      const end = await heard((frame) => frame.includes('session-terminate') && frame.includes(sid));
      expect(end).toContain('<incompatible-parameters/>');
    }
    expect(it_.guest.received.filter((frame) => frame.includes(`<open xmlns="${IBB}"`))).toEqual([]);
  });

  it('gets it once it has said yes, once; who ends the session on the way gets no more', async () => {
    const { sid, stream } = await offered();
    say('yes', 'session-accept', sid, takes(stream, '4'));
    const opened = await heard((frame) => frame.includes(`<open xmlns="${IBB}"`));
    expect(opened).toContain('block-size="4"');
    say('again', 'session-accept', sid, takes(stream, '4'));
    expect(await answerTo('again')).toContain('out-of-order');
    acknowledge(opened);
    const first = await heard((frame) => frame.includes(`<data xmlns="${IBB}"`));
    expect(first).toContain(Buffer.from('But ').toString('base64'));
    say('end', 'session-terminate', sid, '<reason><cancel/></reason>');
    await answerTo('end');
    acknowledge(first);
    expect(await fault()).toBe('stopped');
    expect(it_.guest.received.filter((frame) => frame.includes(`<data xmlns="${IBB}"`))).toHaveLength(1);
    await it_.livesOn();
  });
});
