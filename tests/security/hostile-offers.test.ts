import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileOnDisk } from '../core/files-support';
import { idOf } from '../support/hostile-server';
import { hostileAccount, mallory, own, romeo, type HostileAccount } from './hostile-account';
import { base64, close, data, IBB, iq, offeredFiles, open, sender } from './offered-files';

const SI = 'http://jabber.org/protocol/si';
const offer = (
  { name = 'letter.txt', size = '8', sid = 's1', way = IBB } = {},
  from = sender,
  id = `offer-${sid}`,
): string =>
  iq(
    from,
    id,
    `<si xmlns='${SI}' id='${sid}' profile='${SI}/profile/file-transfer'>` +
      `<file xmlns='${SI}/profile/file-transfer' name='${name}' size='${size}'/>` +
      `<feature xmlns='http://jabber.org/protocol/feature-neg'><x xmlns='jabber:x:data' type='form'>` +
      `<field var='stream-method' type='list-single'><option><value>${way}</value></option></field></x></feature></si>`,
  );

/** A contact that means no good, or whose client does not do what it should. */
describe('files that are offered directly', () => {
  let it_: HostileAccount;
  beforeEach(async () => {
    it_ = await hostileAccount();
  });
  afterEach(() => it_.stop());

  const { answerTo, offered, onDisk, what } = offeredFiles(() => it_);
  /** Accepts what was offered; resolves once the sender knows. */
  const accepted = async (): Promise<void> => {
    const { id } = await offered();
    void it_.core.ask('file.save', { account: it_.account, id });
    expect(await answerTo('offer-s1')).toContain(IBB);
  };

  it('T31 of a stranger are answered like what nobody understands; nothing is shown and nobody is told', async () => {
    it_.send(
      offer({}, `${mallory}/x`, 'theirs'),
      iq(`${mallory}/x`, 'nonsense', "<query xmlns='urn:nobody:knows'/>"),
      data(0, base64('But soft'), `${mallory}/x`),
    );
    const answer = await answerTo('theirs');
    expect(answer.replace('theirs', 'nonsense')).toBe(await answerTo('nonsense'));
    await it_.settled();
    expect(await it_.messages(mallory)).toEqual([]);
    expect(await it_.chat(mallory)).toBeUndefined();
    expect(it_.core.notices.size).toBe(0);
    await it_.livesOn();
  });

  it('T20 with a path for a name lie in the folder that the user chose, under the last part alone', async () => {
    it_.send(offer({ name: '../../etc/passwd' }));
    const message = await offered();
    expect(message).toMatchObject({ body: 'passwd', file: { name: 'passwd' } });
    await accepted();
    it_.send(open(), data(0, base64('But soft')), close());
    expect(await what()).toEqual({ state: 'done' });
    expect(await readFile(join(it_.core.dir, 'passwd'), 'utf8')).toBe('But soft');
  });

  it('T20 nothing comes before the user has accepted', async () => {
    it_.send(offer(), open(), data(0, base64('But soft')));
    await offered();
    expect(await answerTo(`data-0-${sender}`)).toContain('service-unavailable');
    expect(await onDisk()).toEqual([]);
    await it_.core.ask('file.decline', { account: it_.account, id: (await offered()).id });
    expect(await answerTo('offer-s1')).toContain('forbidden');
    await it_.livesOn();
  });

  it.each([
    ['a piece out of its turn', [open(), data(1, base64('But soft'))], 'broken'],
    ['a piece twice', [open(), data(0, base64('But ')), data(0, base64('But '))], 'broken'],
    ['what is no base64', [open(), data(0, '!!!!')], 'broken'],
    ['a piece that is longer than was agreed', [open('4'), data(0, base64('But soft'))], 'broken'],
    ['a piece before it is opened', [data(0, base64('But soft'))], 'broken'],
    ['more bytes than were offered', [open(), data(0, base64('But soft')), data(1, base64('!'))], 'too-many'],
    ['an end before all is there', [open(), data(0, base64('But ')), close()], 'stopped'],
  ] as const)('T20 %s ends it: nothing of it stays, and the card says so', async (_, frames, why) => {
    it_.send(offer());
    await accepted();
    it_.send(...frames);
    expect(await what()).toEqual({ state: 'failed', why });
    await it_.core.until(async () => ((await onDisk()).length === 0 ? true : null), 'nothing is left');
    await it_.livesOn();
  });

  it('T20 nobody else opens, writes or closes what a contact gives, not even another client of theirs', async () => {
    it_.send(offer());
    await accepted();
    for (const other of [`${mallory}/x`, `${romeo}/other`, romeo]) {
      it_.send(open('8', other), data(0, base64('poison!!'), other), close(other));
      expect(await answerTo(`close-${other}`)).toContain('service-unavailable');
    }
    it_.send(open(), data(0, base64('But soft')), close());
    expect(await what()).toEqual({ state: 'done' });
    expect(await readFile(join(it_.core.dir, 'letter.txt'), 'utf8')).toBe('But soft');
  });

  it('T20 only so many of one contact wait for an answer; what cannot be read as an offer is none', async () => {
    it_.send(...Array.from({ length: 40 }, (_, index) => offer({ sid: `f${String(index)}` })));
    expect(await answerTo('offer-f39')).toContain('resource-constraint');
    expect((await it_.messages(romeo)).length).toBe(5);
    it_.send(
      offer({ sid: 'none', size: '-1' }),
      offer({ sid: 'huge', size: '9'.repeat(40) }),
      offer({ sid: 'nameless', name: '' }),
      offer({ sid: 'socks', way: 'http://jabber.org/protocol/bytestreams' }),
    );
    for (const sid of ['none', 'huge', 'nameless', 'socks'])
      expect(await answerTo(`offer-${sid}`)).toContain('bad-request');
    expect((await it_.messages(romeo)).length).toBe(5);
    await it_.livesOn();
  });

  it('T20 whose messages are deleted wait no longer: they are declined, and others come in their place', async () => {
    it_.send(...Array.from({ length: 5 }, (_, index) => offer({ sid: `f${String(index)}` })));
    await offered(5);
    await it_.core.ask('history.delete', { account: it_.account, peer: romeo, before: null });
    it_.send(offer({ sid: 'sixth' }));
    expect(await offered()).toMatchObject({ file: { direct: { state: 'offered' } } });
    for (let index = 0; index < 5; index++)
      expect(await answerTo(`offer-f${String(index)}`)).toContain('forbidden');
    expect(await it_.messages(romeo)).toHaveLength(1);
  });

  it('a file that is called off while it is asked who could take it is offered to nobody', async () => {
    const { core, account, guest } = it_;
    await core.waitForState(({ upload }) => upload.is === 'none', 'no file service');
    it_.send(`<presence xmlns='jabber:client' from='${sender}' to='${own}/flint'/>`);
    await it_.settled();
    const path = await fileOnDisk(core, 'letter.txt', 'But soft');
    await core.ask('file.add', { account, peer: romeo, paths: [path] });
    const question = await core.until(
      () =>
        guest.received.findLast((frame) => frame.includes(`to="${sender}"`) && frame.includes('disco#info')),
      'a question',
    );
    const [upload] = (await core.ask('file.uploads', { account })).value;
    await core.ask('file.cancel', { account, id: upload?.id ?? 0 });
    const features = [IBB, SI, `${SI}/profile/file-transfer`]
      .map((name) => `<feature var='${name}'/>`)
      .join('');
    it_.send(
      `<iq xmlns='jabber:client' type='result' id='${idOf(question)}' from='${sender}' to='${own}/flint'>` +
        `<query xmlns='http://jabber.org/protocol/disco#info'>${features}</query></iq>`,
    );
    await it_.settled();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(guest.received.filter((frame) => frame.includes(`<si xmlns="${SI}"`))).toEqual([]);
    await it_.livesOn();
  });
});
