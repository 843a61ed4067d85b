import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hostileAccount, mallory, romeo, type HostileAccount } from './hostile-account';
import { base64, close, data, IBB, iq, offeredFiles, open, sender } from './offered-files';

const JINGLE = 'urn:xmpp:jingle:1';
const FILES = 'urn:xmpp:jingle:apps:file-transfer:5';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');
const hash = (text: string | null): string =>
  `<hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>${text === null ? '' : sha256(text)}</hash>`;

const jingle = (
  action: string,
  inside = '',
  from = sender,
  sid = 'j1',
  id = `${action}-${from}-${sid}`,
): string => iq(from, id, `<jingle xmlns='${JINGLE}' action='${action}' sid='${sid}'>${inside}</jingle>`);
const content = (about = '', way = 'urn:xmpp:jingle:transports:ibb:1', senders = 'initiator'): string =>
  `<content creator='initiator' name='c' senders='${senders}'><description xmlns='${FILES}'><file>` +
  `<name>letter.txt</name><size>8</size>${about}</file></description>` +
  `<transport xmlns='${way}' sid='s1' block-size='4096'/></content>`;
const reason = (why: string): string => `<reason><${why}/></reason>`;

/** A contact that means no good, or whose client does not do what it should, in Jingle sessions (XEP-0166, XEP-0234). */
describe('files that are offered in Jingle sessions', () => {
  let it_: HostileAccount;
  beforeEach(async () => {
    it_ = await hostileAccount();
  });
  afterEach(() => it_.stop());

  const { answerTo, offered, onDisk, what } = offeredFiles(() => it_);
  const answered = (action: string, from = sender, sid = 'j1'): Promise<string> =>
    answerTo(`${action}-${from}-${sid}`);
  /** What we say in the session. */
  const said = (action: string, sid = 'j1'): Promise<string> =>
    it_.core.until(
      () =>
        it_.guest.received.find(
          (frame) => frame.includes(`action="${action}"`) && frame.includes(`sid="${sid}"`),
        ),
      `${action} of ${sid}`,
    );
  /** Accepts what was offered; resolves once the sender is told. */
  const accepted = async (): Promise<void> => {
    const { id } = await offered();
    void it_.core.ask('file.save', { account: it_.account, id });
    expect(await said('session-accept')).toContain('sid="s1"');
  };

  it('T31 of a stranger are answered like what nobody understands; nothing is shown and nobody is told', async () => {
    const stranger = `${mallory}/x`;
    it_.send(
      jingle('session-initiate', content(), stranger),
      jingle('session-info', '', stranger),
      iq(stranger, 'nonsense', "<query xmlns='urn:nobody:knows'/>"),
    );
    const nonsense = await answerTo('nonsense');
    for (const action of ['session-initiate', 'session-info'])
      expect((await answered(action, stranger)).replace(`${action}-${stranger}-j1`, 'nonsense')).toBe(
        nonsense,
      );
    expect(await it_.messages(mallory)).toEqual([]);
    expect(it_.core.notices.size).toBe(0);
    await it_.livesOn();
  });

  it('T20 nobody else says anything in a session, not even another client of who began it', async () => {
    it_.send(jingle('session-initiate', content(hash('But soft'))));
    await accepted();
    for (const other of [`${romeo}/other`, romeo, `${mallory}/x`]) {
      const info = `<checksum xmlns='${FILES}'><file>${hash('poison')}</file></checksum>`;
      it_.send(
        open('8', other),
        jingle('session-info', info, other),
        jingle('session-terminate', reason('cancel'), other),
      );
      const isClient = other === `${romeo}/other`;
      for (const action of ['session-info', 'session-terminate'])
        expect(await answered(action, other)).toContain(isClient ? 'unknown-session' : 'service-unavailable');
    }
    it_.send(open(), data(0, base64('But soft')), close());
    expect(await what()).toEqual({ state: 'done' });
    expect(await readFile(join(it_.core.dir, 'letter.txt'), 'utf8')).toBe('But soft');
    expect(await said('session-terminate')).toContain('<success/>');
    // §6.7: whoever has ended it knows it no more.
    it_.send(jingle('session-info', '', sender, 'j1', 'late'));
    expect(await answerTo('late')).toContain('unknown-session');
  });

  it.each([
    ['in the offer', hash('But hard'), ''],
    [
      'once all has gone',
      hash(null),
      `<checksum xmlns='${FILES}'><file>${hash('But hard')}</file></checksum>`,
    ],
  ])(
    'T20 what is not of the hash that was promised %s is not kept, and both are told',
    async (_, about, info) => {
      it_.send(jingle('session-initiate', content(about)));
      await accepted();
      it_.send(open(), data(0, base64('But soft')));
      if (info !== '') it_.send(jingle('session-info', info));
      it_.send(close());
      expect(await what()).toEqual({ state: 'failed', why: 'changed' });
      expect(await said('session-terminate')).toContain('<media-error/>');
      await it_.core.until(async () => ((await onDisk()).length === 0 ? true : null), 'nothing is left');
      await it_.livesOn();
    },
  );

  it('T20 more bytes than were offered end it, in words and with the reason', async () => {
    it_.send(jingle('session-initiate', content()));
    await accepted();
    it_.send(open(), data(0, base64('But soft')), data(1, base64('!')));
    expect(await what()).toEqual({ state: 'failed', why: 'too-many' });
    expect(await said('session-terminate')).toContain('file-too-large');
    expect(await onDisk()).toEqual([]);
  });

  it.each([
    ['cancel', 'stopped'],
    ['timeout', 'expired'],
    ['success', 'stopped'],
    ['security-error', 'failed-there'],
    ['gone', 'lost'],
    ['nobody-knows-it', 'failed-there'],
  ])(
    'an offer that is taken back (%s) says so on its card, before it is accepted and after',
    async (why, words) => {
      it_.send(jingle('session-initiate', content()));
      const { id } = await offered();
      it_.send(jingle('session-terminate', reason(why)));
      expect(await what()).toEqual({ state: 'failed', why: words });
      expect(await it_.core.core.call('file.save', { account: it_.account, id })).toMatchObject({
        error: { code: 'file-offer-gone' },
      });
      it_.send(jingle('session-initiate', content(), sender, 'j2'));
      const second = await offered(2);
      void it_.core.ask('file.save', { account: it_.account, id: second.id });
      await said('session-accept', 'j2');
      it_.send(open(), data(0, base64('But ')), jingle('session-terminate', reason(why), sender, 'j2'));
      await it_.core.until(async () => {
        const now = (await it_.messages(romeo))[1]?.file?.direct;
        return now?.state === 'failed' && now.why === words ? true : null;
      }, 'the second card');
      expect(await onDisk()).toEqual([]);
    },
  );

  it('what no session of ours knows, or not now, is answered as XEP-0166 says', async () => {
    it_.send(jingle('session-accept', content(), sender, 'none'), jingle('dance', '', sender, 'none'));
    expect(await answered('session-accept', sender, 'none')).toContain('unknown-session');
    expect(await answered('dance', sender, 'none')).toContain('bad-request');
    it_.send(jingle('session-initiate', content()));
    await offered();
    expect(await answered('session-initiate')).toContain('type="result"');
    it_.send(
      jingle('session-initiate', content(), sender, 'j1', 'again'),
      jingle('session-accept', content()),
      jingle('session-info'),
      jingle('session-info', "<ringing xmlns='urn:xmpp:jingle:apps:rtp:info:1'/>", sender, 'j1', 'rings'),
      jingle('content-add', content()),
      jingle('transport-replace', content()),
      jingle('content-modify', content()),
    );
    expect(await answerTo('again')).toContain('out-of-order');
    expect(await answered('session-accept')).toContain('out-of-order');
    expect(await answered('session-info')).toContain('type="result"');
    expect(await answerTo('rings')).toContain('unsupported-info');
    expect(await answered('content-modify')).toContain('feature-not-implemented');
    expect(await said('content-reject')).toContain('name="c"');
    expect(await said('transport-reject')).toContain('name="c"');
    expect(await it_.messages(romeo)).toHaveLength(1);
    await it_.core.ask('file.decline', { account: it_.account, id: (await offered()).id });
    expect(await said('session-terminate')).toContain('<decline/>');
    await it_.livesOn();
  });

  it('T20 what cannot be taken is ended with its reason, and nothing is shown', async () => {
    const other = content().replaceAll(FILES, 'urn:xmpp:jingle:apps:rtp:1');
    const offers: readonly (readonly [string, string, string])[] = [
      ['rtp', other, 'unsupported-applications'],
      ['none', '', 'unsupported-applications'],
      ['socks', content('', 'urn:xmpp:jingle:transports:s5b:1'), 'unsupported-transports'],
      ['wanted', content('', undefined, 'responder'), 'file-not-available'],
      ['two', content() + content(), 'incompatible-parameters'],
      ['part', content("<range offset='4'/>"), 'incompatible-parameters'],
      ['huge', content().replace('>8<', `>${'9'.repeat(40)}<`), 'incompatible-parameters'],
      ['blocks', content().replace("'4096'", "'0'"), 'incompatible-parameters'],
    ];
    for (const [sid, offer, why] of offers) {
      it_.send(jingle('session-initiate', offer, sender, sid));
      expect(await answered('session-initiate', sender, sid), sid).toContain('type="result"');
      expect(await said('session-terminate', sid), sid).toContain(`<${why}`);
    }
    expect(await it_.messages(romeo)).toEqual([]);
    await it_.livesOn();
  });

  it('T20 only so many of one contact wait, whichever way they are offered, and no two by one stream', async () => {
    const named = (sid: string): string => content().replace("'s1'", `'${sid}'`);
    for (let index = 0; index < 40; index++)
      it_.send(jingle('session-initiate', named(`f${String(index)}`), sender, `f${String(index)}`));
    expect(await answered('session-initiate', sender, 'f39')).toContain('resource-constraint');
    expect(await it_.messages(romeo)).toHaveLength(5);
    await it_.core.ask('file.decline', { account: it_.account, id: (await offered()).id });
    it_.send(jingle('session-initiate', named('f1'), sender, 'other'));
    expect(await answered('session-initiate', sender, 'other')).toContain('conflict');
    expect(it_.guest.received.filter((frame) => frame.includes(IBB))).toEqual([]);
    await it_.livesOn();
  });
});
