import { createCipheriv, createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileView } from '../../src-shared/model/file';
import type { Outcome } from '../../src-shared/ipc/errors';
import { fileOnDisk } from '../core/files-support';
import { domain, idOf } from '../support/hostile-server';
import { wavOf } from '../support/media';
import { pngClaiming, pngOf } from '../support/pictures';
import {
  everything,
  hostileAccount,
  mallory,
  nurse,
  own,
  romeo,
  type HostileAccount,
} from './hostile-account';

const UPLOAD = 'urn:xmpp:http:upload:0';
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64');

/** A server and an HTTP server that mean no good, on this computer. */
describe('files and a hostile server', () => {
  let http: Server;
  let base = '';
  let it_: HostileAccount;
  /** What was asked for. */
  let asked: {
    readonly method: string;
    readonly url: string;
    readonly headers: IncomingMessage['headers'];
  }[] = [];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** The slot that the next request gets. */
  let slot = '';

  beforeEach(async () => {
    asked = [];
    http = createServer((request, response) => {
      asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
      request.resume();
      request.on('end', () => {
        answer(request, response);
      });
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    base = `http://localhost:${String((http.address() as AddressInfo).port)}`;
    answer = (_, response) => response.writeHead(201).end();
    it_ = await hostileAccount({
      features: [...everything, UPLOAD],
      iq: (frame, guest) => {
        if (!frame.includes(`<request xmlns="${UPLOAD}"`)) return false;
        guest.send(
          `<iq xmlns='jabber:client' type='result' id='${idOf(frame)}' from='${domain}'><slot xmlns='${UPLOAD}'>${slot}</slot></iq>`,
        );
        return true;
      },
    });
    await it_.core.waitForState(({ upload }) => upload.is === 'offered', 'an upload service');
  });
  afterEach(async () => {
    await it_.stop();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });

  const put = async (): Promise<unknown> => {
    const { core, account } = it_;
    const before = (await core.ask('file.uploads', { account })).value.map(({ id }) => id);
    const path = await fileOnDisk(core, `letter-${String(before.length)}.txt`, 'But soft');
    await core.ask('file.add', { account, peer: romeo, paths: [path] });
    return core.until(async () => {
      const { value } = await core.ask('file.uploads', { account });
      const one = value.find(({ id }) => !before.includes(id));
      return one === undefined ? 'sent' : one.fault && one.fault.why;
    }, 'an end');
  };
  const share = (from: string, url: string, more = ''): void => {
    it_.send(
      `<message xmlns='jabber:client' type='chat' from='${from}/x' to='${own}'><body>${url}</body><x xmlns='jabber:x:oob'><url>${url}</url></x>${more}</message>`,
    );
  };
  /** What comes of the picture that a contact shares under that name. */
  const load = async (
    name: string,
    from = romeo,
    more = '',
    address = `${base}/${name}`,
    byUser = false,
  ): Promise<Outcome<FileView>> => {
    const { core, account } = it_;
    share(from, address, more);
    const message = await core.until(
      async () => (await it_.messages(from)).find(({ file }) => file?.url === address),
      'the message',
    );
    return core.core.call('file.load', { account, id: message.id, asked: byUser });
  };
  const code = (outcome: Outcome<FileView>): string => (outcome.ok ? outcome.value.is : outcome.error.code);

  it('T18 a slot that is not https, or elsewhere by http, is not used; nothing is sent', async () => {
    for (const [to, from] of [
      ['http://192.0.2.1/put', 'https://upload.example.org/get'],
      ['https://upload.example.org/put', 'http://upload.example.org/get'],
      ['file:///etc/passwd', 'https://upload.example.org/get'],
      [`${base.replace('http://', 'http://me:word@')}/put`, `${base}/get`],
    ]) {
      slot = `<put url='${to ?? ''}'/><get url='${from ?? ''}'/>`;
      expect(await put(), to).toBe('unsafe');
    }
    expect(asked).toEqual([]);
    expect(await it_.messages(romeo)).toEqual([]);
    await it_.livesOn();
  });

  it('T18 of the headers that a slot gives only three are sent', async () => {
    slot =
      `<put url='${base}/put'><header name='Authorization'>Basic&#10;abc</header><header name='Host'>evil.test</header>` +
      `<header name='X-Evil'>1</header><header name='Cookie'>a=b</header></put><get url='${base}/get/letter.txt'/>`;
    expect(await put()).toBe('sent');
    const [request] = asked;
    expect(request).toMatchObject({ method: 'PUT', url: '/put' });
    expect(request?.headers).toMatchObject({
      authorization: 'Basicabc',
      cookie: 'a=b',
      'content-length': '8',
    });
    expect(request?.headers.host).toBe(new URL(base).host);
    expect(request?.headers).not.toHaveProperty('x-evil');
  });

  it('T20 T31 of a stranger nothing is fetched', async () => {
    answer = (_, response) => response.end(pngOf(8, [1, 2, 3]));
    expect(await load('secret.png', mallory)).toEqual({ ok: true, value: { is: 'held', why: 'stranger' } });
    expect(asked).toEqual([]);
  });

  it('T31 of whoever was taken out of the contacts nothing more is fetched', async () => {
    const { core, account } = it_;
    answer = (_, response) => response.end(pngOf(8, [1, 2, 3]));
    expect(code(await load('before.png', nurse))).toBe('picture');
    await core.ask('message.send', { account, peer: nurse, body: 'Who is it?' });
    it_.send(
      `<iq xmlns='jabber:client' type='set' id='r1'><query xmlns='jabber:iq:roster'><item jid='${nurse}' subscription='remove'/></query></iq>`,
    );
    await core.until(
      async () =>
        !(await core.ask('roster.state', { account })).value.contacts.some(({ jid }) => jid === nurse),
      'one contact less',
    );
    const after = await load('after.png', nurse);
    expect(after).toEqual({ ok: true, value: { is: 'held', why: 'stranger' } });
    expect(asked.map(({ url }) => url)).toEqual(['/before.png']);
  });

  it('T21 what is no picture, or one of absurd size, is not drawn and not kept', async () => {
    const bodies: Readonly<Record<string, Buffer>> = {
      '/a.png': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      '/b.png': pngClaiming(60_000, 60_000),
      '/c.gif': Buffer.from('<html><script>alert(1)</script>'),
    };
    answer = ({ url = '' }, response) => response.setHeader('content-type', 'image/png').end(bodies[url]);
    for (const name of ['a.png', 'b.png', 'c.gif'])
      expect(code(await load(name)), name).toBe('file-bad-picture');
    await it_.livesOn();
  });

  it('T20 T31 what is nothing that is played is not given to the window, and of a stranger nothing is fetched', async () => {
    const { core, account } = it_;
    const sound = wavOf(0.1);
    const bodies: Readonly<Record<string, Buffer>> = {
      '/a.mp4': Buffer.from('#EXTM3U\nhttp://10.0.0.1/secret.ts'),
      '/b.ogg': Buffer.from('<html><script>alert(1)</script>'),
      '/c.wav': sound,
    };
    answer = ({ url = '' }, response) => response.setHeader('content-type', 'video/mp4').end(bodies[url]);
    expect(await load('c.wav', mallory)).toEqual({ ok: true, value: { is: 'held', why: 'stranger' } });
    expect(asked).toEqual([]);
    for (const name of ['a.mp4', 'b.ogg']) expect(code(await load(name)), name).toBe('file-bad-media');
    const shown = await load('c.wav');
    expect(code(shown)).toBe('media');
    const src = shown.ok && shown.value.is === 'media' ? shown.value.src : '';
    const served = await core.core.media(account, new URL(src).pathname.split('/').at(-1) ?? '');
    expect(served?.type).toBe('audio/wav');
    expect(Buffer.from(served?.bytes ?? [])).toEqual(sound);
    await it_.livesOn();
  });

  it('T20 bytes that were not promised are refused, and more than the user lets come', async () => {
    const picture = pngOf(8, [1, 2, 3]);
    const sharing = (name: string, hash: string): string =>
      `<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'><media-type>image/png</media-type>` +
      `<hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>${hash}</hash></file><sources>` +
      `<url-data xmlns='http://jabber.org/protocol/url-data' target='${base}/${name}'/></sources></file-sharing>`;
    answer = (_, response) => response.end(picture);
    expect(code(await load('good.png', romeo, sharing('good.png', sha256(picture))))).toBe('picture');
    const other = sha256(Buffer.from('other'));
    expect(code(await load('changed.png', romeo, sharing('changed.png', other)))).toBe('file-changed');
    // Any hash that is known counts.
    for (const algo of ['sha-512', 'sha-1'] as const) {
      const hashOf = (bytes: Buffer): string =>
        createHash(algo.replace('-', '')).update(bytes).digest('base64');
      const told = (name: string, bytes: Buffer): string =>
        sharing(name, hashOf(bytes)).replace("algo='sha-256'", `algo='${algo}'`);
      expect(code(await load(`good-${algo}.png`, romeo, told(`good-${algo}.png`, picture)))).toBe('picture');
      const changed = told(`changed-${algo}.png`, Buffer.from('other'));
      expect(code(await load(`changed-${algo}.png`, romeo, changed))).toBe('file-changed');
    }
    // Without a word of how much it is.
    answer = (_, response) => {
      const more = (): void => {
        if (!response.destroyed) response.write(Buffer.alloc(256 * 1024), () => setImmediate(more));
      };
      more();
    };
    expect(await load('endless.png')).toEqual({ ok: true, value: { is: 'held', why: 'large' } });
    await it_.livesOn();
  });

  it('T19 an encrypted file is opened once its tag is right; its key is never sent and never in the log', async () => {
    const { core, account } = it_;
    const [iv, key] = [Buffer.alloc(12, 0xa7), Buffer.alloc(32, 0x5e)];
    const secret = Buffer.concat([iv, key]).toString('hex');
    const picture = pngOf(8, [1, 2, 3]);
    const close = createCipheriv('aes-256-gcm', key, iv);
    const sealed = Buffer.concat([close.update(picture), close.final(), close.getAuthTag()]);
    const changed = Buffer.from(sealed);
    changed[9] = (changed[9] ?? 0) ^ 1;
    const given: Readonly<Record<string, Buffer>> = {
      '/good.png': sealed,
      '/changed.png': changed,
      '/short.png': sealed.subarray(0, 15),
      '/letter.txt': changed,
    };
    answer = ({ url = '' }, response) => response.end(given[url.replace('?2', '')]);
    const message = async (name: string): Promise<number> => {
      const link = `${base.replace('http:', 'aesgcm:')}/${name}#${secret}`;
      it_.send(
        `<message xmlns='jabber:client' type='chat' from='${romeo}/x' to='${own}'><body>${link}</body></message>`,
      );
      const one = await core.until(
        async () => (await it_.messages(romeo)).find(({ file }) => file?.url === link),
        'the message',
      );
      return one.id;
    };
    const loaded = async (name: string): Promise<Outcome<FileView>> =>
      core.core.call('file.load', { account, id: await message(name), asked: false });
    expect(code(await loaded('good.png'))).toBe('picture');
    expect(code(await loaded('changed.png'))).toBe('file-changed');
    expect(code(await loaded('short.png'))).toBe('file-changed');
    const saved = await core.core.call('file.save', { account, id: await message('letter.txt') });
    expect(saved).toMatchObject({ ok: false, error: { code: 'file-changed' } });
    expect((await readdir(core.dir)).filter((name) => name.startsWith('letter.txt'))).toEqual([]);
    await core.ask('file.save', { account, id: await message('good.png?2') });
    expect(await readFile(join(core.dir, 'good.png'))).toEqual(picture);
    expect(asked.map(({ url }) => url)).toEqual([...Object.keys(given), '/good.png?2']);
    expect(JSON.stringify([asked, core.log])).not.toContain(secret.slice(-32));
    await it_.livesOn();
  });

  it('T20 an address leads nowhere inside, at once or by a redirect, not even where the user asks', async () => {
    for (const to of [
      'https://10.0.0.1/a.png',
      'https://[::1]/a.png',
      'https://169.254.169.254/latest/a.png',
      'http://192.0.2.1/a.png',
      'file:///etc/passwd',
    ]) {
      answer = (_, response) => response.writeHead(302, { location: to }).end();
      const name = `r${String(asked.length)}.png`;
      expect(code(await load(name, romeo, '', `${base}/${name}`, true)), to).toBe('file-unsafe');
    }
    const before = asked.length;
    expect(before).toBe(5);
    expect(code(await load('x', romeo, '', 'https://10.0.0.1/direct.png', true))).toBe('file-unsafe');
    // In circles.
    answer = ({ url = '' }, response) => response.writeHead(302, { location: url }).end();
    expect(code(await load('circle.png'))).toBe('file-unsafe');
    expect(asked.length).toBeLessThan(before + 6);
    await it_.livesOn();
  });
});
