import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peerShares, peerUploads } from '../../core/files-support';
import { wavOf } from '../../support/media';
import { lookAt, WIDE, type Look } from '../look';
import { pasteLargePicture } from '../paste-picture';
import { contactRow, en, log, openChat, settings, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';
import { filmOf } from './film';

describe('sound and video', () => {
  let talk: Talk;
  let view: Look;
  const sharedBy = async (name: string, bytes: Buffer, type: string): Promise<void> => {
    const url = await peerUploads(talk.romeo, `upload.${talk.server.domain}`, { name, type, bytes });
    await peerShares(talk.romeo, talk.juliet.jid, url);
  };
  const player = (name: string): Locator => log(talk.stage.page).getByRole('group', { name });
  const press = (name: string, what: 'files.play' | 'files.pause'): Promise<void> =>
    player(name)
      .getByRole('button', { name: en(what, { name }) })
      .click();
  const of = <K extends 'currentTime' | 'duration' | 'playbackRate' | 'paused' | 'src'>(
    name: string,
    what: K,
  ): Promise<HTMLMediaElement[K]> =>
    player(name)
      .locator('audio, video')
      .evaluate((one, key) => (one as HTMLMediaElement)[key as K], what);

  /** It takes requests and never answers. */
  const host = createServer(() => undefined);
  let silent = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    silent = (host.address() as AddressInfo).port;
    // A microphone that gives a tone again and again; whether it may be used is the app's to say.
    talk = await openTalk({}, 'prosody', ['--use-fake-device-for-media-stream']);
    view = lookAt(talk.stage);
    await view.resize(WIDE);
    await openChat(talk.stage.page);
  });
  afterAll(async () => {
    host.close();
    host.closeAllConnections();
    await talk.stop();
  });

  it('T20 sound of a contact plays in its place, from where the user puts it, as fast as they like', async () => {
    const { page } = talk.stage;
    await sharedBy('tune.wav', wavOf(40), 'audio/wav');
    await soon(() => of('tune.wav', 'duration')).toBe(40);
    await press('tune.wav', 'files.play');
    await soon(() => of('tune.wav', 'currentTime')).toBeGreaterThan(0);
    await player('tune.wav').getByRole('slider').focus();
    await page.keyboard.press('End');
    await soon(() => of('tune.wav', 'currentTime')).toBeGreaterThan(39);
    await page.keyboard.press('Home');
    await player('tune.wav')
      .getByRole('button', { name: en('files.speed', { rate: '1' }) })
      .click();
    expect(await of('tune.wav', 'playbackRate')).toBe(1.5);
    // It comes in pieces, out of what main has looked at.
    const src = await of('tune.wav', 'src');
    const piece = await talk.stage.flint.app.evaluate(async ({ net }, url) => {
      const answer = await net.fetch(url, { headers: { range: 'bytes=8-11' } });
      return [answer.status, answer.headers.get('content-range'), await answer.text()];
    }, src);
    expect(piece).toEqual([206, `bytes 8-11/${String(wavOf(40).length)}`, 'WAVE']);
  });

  it('a video plays too, and the sound is silent then', async () => {
    const { page } = talk.stage;
    await sharedBy('walk.webm', await filmOf(page), 'video/webm');
    await player('walk.webm').locator('video').waitFor();
    await view.look('media');
    await view.lookWith('media-dark', { theme: 'dark' });
    await view.narrowly(() => view.look('media-narrow'));
    await press('walk.webm', 'files.play');
    await soon(() => of('walk.webm', 'currentTime')).toBeGreaterThan(0);
    expect(await of('tune.wav', 'paused')).toBe(true);
  });

  it('from right to left what points points the other way; what plays does not, and its time runs as everywhere', async () => {
    const { page } = talk.stage;
    const turn = (where: Locator, icon: string): Promise<string> =>
      where
        .locator(`svg.lucide-${icon}`)
        .first()
        .evaluate((one) => getComputedStyle(one).transform);
    await settings(page, { language: 'ar' });
    await soon(() => page.evaluate(() => document.documentElement.dir)).toBe('rtl');
    const tune = page.getByRole('log').getByRole('group', { name: 'tune.wav' });
    const slider = tune.getByRole('slider');
    expect(await turn(tune, 'play')).toBe('none');
    expect(await turn(page.locator('form'), 'send')).toBe('matrix(-1, 0, 0, 1, 0, 0)');
    await slider.focus();
    await page.keyboard.press('End');
    await soon(async () => {
      const [whole, thumb] = [await tune.boundingBox(), await slider.boundingBox()];
      return (thumb?.x ?? 0) - (whole?.x ?? 0) > (whole?.width ?? 0) / 2;
    }).toBe(true);
    await page.keyboard.press('Home');
    await settings(page, { language: 'en' });
    await soon(() => page.evaluate(() => document.documentElement.dir)).toBe('ltr');
  });

  it('T20 what only says that it is sound is a file that can be saved', async () => {
    await sharedBy('trap.ogg', Buffer.from('#EXTM3U\nhttp://10.0.0.1/secret.ts'), 'audio/ogg');
    await player('trap.ogg').getByText(en('error.file-bad-media')).waitFor();
    await view.look('media-bad');
  });

  it('T32 a voice message is recorded, seen and heard; the press lets the page have the microphone, never the camera', async () => {
    const { page } = talk.stage;
    const record = page.getByRole('button', { name: en('voice.record') });
    const bar = page.getByRole('group', { name: en('voice.recording') });
    const hasRun = () =>
      soon(async () => Number((await bar.locator('.time').innerText()).split(':')[1])).toBeGreaterThan(1);
    await record.click();
    await hasRun();
    await view.look('voice-record');
    await view.lookWith('voice-record-dark', { theme: 'dark' });
    await view.narrowly(() => view.look('voice-record-narrow'));
    const camera = await page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        (error: unknown) => (error as Error).name,
      ),
    );
    expect(camera).toBe('NotAllowedError');
    await page.keyboard.press('Escape');
    await bar.waitFor({ state: 'detached' });

    await record.click();
    await hasRun();
    await bar.getByRole('button', { name: en('voice.send') }).click();
    const xml = await talk.romeo.waitForRaw((raw) => raw.includes('jabber:x:oob') && raw.includes('.ogg'));
    expect(xml).toContain('<media-type>audio/ogg</media-type>');
    const sent = Buffer.from(await (await fetch(/<url>([^<]+)</.exec(xml)?.[1] ?? '')).arrayBuffer());
    expect(sent.subarray(0, 4).toString('latin1')).toBe('OggS');
    // As it comes back from somebody else.
    await sharedBy('answer.ogg', sent, 'audio/ogg');
    await player('answer.ogg').locator('svg.wave').waitFor();
    await soon(() => of('answer.ogg', 'duration')).toBeGreaterThan(1.5);
    await press('answer.ogg', 'files.play');
    await soon(() => of('answer.ogg', 'currentTime')).toBeGreaterThan(0.5);
    await view.look('voice');
  });

  it('who leaves a conversation while recording finds what was said there again, and sends it then', async () => {
    const { page } = talk.stage;
    const bar = page.getByRole('group', { name: en('voice.recording') });
    const unsent = page.getByRole('group', { name: en('voice.unsent') });
    await page.getByRole('button', { name: en('voice.record') }).click();
    await soon(async () => Number((await bar.locator('.time').innerText()).split(':')[1])).toBeGreaterThan(1);
    await openChat(page, 'Nurse');
    await page.getByText(en('voice.left', { name: 'Romeo' })).waitFor();
    await view.look('voice-left');
    await contactRow(page, 'Romeo').first().click();
    await unsent.waitFor();
    const length = await unsent.locator('.time').innerText();
    // Who comes back has other things in mind with this key.
    await page.keyboard.press('Escape');
    await view.look('voice-unsent');
    await view.lookWith('voice-unsent-zh', { theme: 'dark', language: 'zh-CN' });
    await view.narrowly(() => view.look('voice-unsent-narrow'));
    expect(await unsent.locator('.time').innerText()).toBe(length);
    await unsent.getByRole('button', { name: en('voice.send') }).click();
    const xml = await talk.romeo.waitForRaw((raw) => raw.includes('jabber:x:oob') && raw.includes('.ogg'));
    const sent = Buffer.from(await (await fetch(/<url>([^<]+)</.exec(xml)?.[1] ?? '')).arrayBuffer());
    expect(sent.subarray(0, 4).toString('latin1')).toBe('OggS');
    await unsent.waitFor({ state: 'detached' });
    await page.getByText(en('voice.left', { name: 'Romeo' })).waitFor({ state: 'detached' });
  });

  it('a large picture can go as large as a screen, with a thumbnail that stands for it until it is there', async () => {
    const { page } = talk.stage;
    await pasteLargePicture(page);
    const dialog = page.getByRole('dialog', { name: en('files.size-title', { count: 1 }) });
    await dialog.getByText(en('files.size-small')).click();
    await view.look('media-size');
    await dialog.getByRole('button', { name: en('files.size-send', { count: 1 }) }).click();
    const xml = await talk.romeo.waitForRaw((raw) => raw.includes('urn:xmpp:thumbs:1'));
    expect(xml).toContain('<width>1600</width><height>900</height>');
    const uri = /uri=["'](data:image\/jpeg;base64,[^"']+)/.exec(xml)?.[1] ?? '';
    expect(uri.length).toBeLessThan(4_000);

    const { jid } = talk.juliet;
    const never = `http://localhost:${String(silent)}/mole.jpg`;
    await talk.romeo.sendRaw(
      `<message type='chat' to='${jid}' id='mole'><body>${never}</body><file-sharing xmlns='urn:xmpp:sfs:0'>` +
        `<file xmlns='urn:xmpp:file:metadata:0'><media-type>image/jpeg</media-type><width>1600</width>` +
        `<height>900</height><thumbnail xmlns='urn:xmpp:thumbs:1' uri='${uri}'/></file><sources>` +
        `<url-data xmlns='http://jabber.org/protocol/url-data' target='${never}'/></sources></file-sharing></message>`,
    );
    const small = log(page).locator('.wait > img');
    await soon(() => small.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(40);
    await view.look('media-thumbnail');
  });

  it('a window that the user chooses goes as a picture', async () => {
    const { page } = talk.stage;
    await page.getByRole('button', { name: en('files.attach'), exact: true }).click();
    await view.look('media-attach');
    await page.getByRole('menuitem', { name: en('files.screenshot') }).click();
    const dialog = page.getByRole('dialog', { name: en('files.screenshot-title') });
    const first = dialog.getByRole('button', { name: en('files.screen', { number: 1 }) });
    await first.waitFor();
    await view.look('media-screens');
    await view.lookWith('media-screens-dark', { theme: 'dark' });
    await first.click();
    const xml = await talk.romeo.waitForRaw((raw) => raw.includes('<media-type>image/png</media-type>'));
    expect(xml).toContain('urn:xmpp:thumbs:1');
  });

  it('of a microphone that is taken away while one speaks what was said until then goes all the same', async () => {
    const { page } = talk.stage;
    await page.evaluate(() => {
      const devices = navigator.mediaDevices;
      const ask = devices.getUserMedia.bind(devices);
      devices.getUserMedia = async (wanted) => Object.assign(window, { heard: await ask(wanted) }).heard;
    });
    await page.getByRole('button', { name: en('voice.record') }).click();
    const bar = page.getByRole('group', { name: en('voice.recording') });
    await soon(async () => Number((await bar.locator('.time').innerText()).split(':')[1])).toBeGreaterThan(1);
    await page.evaluate(() => {
      const { heard } = window as unknown as { heard: MediaStream };
      for (const track of heard.getTracks()) track.stop();
    });
    await bar.getByRole('button', { name: en('voice.send') }).click();
    await talk.romeo.waitForRaw((raw) => raw.includes('jabber:x:oob') && raw.includes('.ogg'));
    await bar.waitFor({ state: 'detached' });
  });

  it('without a microphone says so', async () => {
    const { page } = talk.stage;
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
    });
    await page.getByRole('button', { name: en('voice.record') }).click();
    await page.getByText(en('voice.fault-none')).waitFor();
  });
});
