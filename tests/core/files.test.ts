import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { startCore } from '../support/core';
import { photoOf, photoScan } from '../support/photo';
import { pngOf } from '../support/pictures';
import { fileOnDisk, peerShares, peerUploads, sharedIn, uploadsOf } from './files-support';
import { peerSays, verona } from './rooms-support';
import { atEnd, friends, messagesWith, ownPeer, signedIn } from './support';

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const offered = sharedServers().filter((kind) => CAPABILITIES[kind].upload);
const without = sharedServers().filter((kind) => !CAPABILITIES[kind].upload);
const OOB = 'jabber:x:oob';
const REPLY = 'urn:xmpp:reply:0';
const LIMIT = 10 * 1024 * 1024;

describe.each(offered)('files on %s', (kind) => {
  it('go to the server and become messages, in the order in which they were chosen', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, romeoAccount } = pair;
    const state = await juliet.waitForState(({ upload }) => upload.is === 'offered', 'an upload service');
    expect(state.upload).toEqual({ is: 'offered', maxBytes: LIMIT });
    const letters = { 'a letter.txt': 'But soft, what light', '罗密欧 & ünïcode.txt': 'x'.repeat(300_000) };
    const paths = await Promise.all(Object.entries(letters).map((one) => fileOnDisk(juliet, ...one)));
    await juliet.ask('file.add', { account, peer: romeoAccount.jid, paths });
    for (const [name, letter] of Object.entries(letters)) {
      const xml = await romeo.waitForRaw((raw) => raw.startsWith('<message') && raw.includes('jabber:x:oob'));
      const text = /<body[^>]*>([^<]+)</.exec(xml)?.[1] ?? '';
      const url = text.replaceAll('&amp;', '&');
      expect(xml).toContain(`<url>${text}</url>`);
      expect(xml).toContain('urn:xmpp:sfs:0');
      expect(xml).toContain(Buffer.from(sha256(letter), 'hex').toString('base64'));
      expect(await (await fetch(url)).text()).toBe(letter);
      const own = await sharedIn(pair, romeoAccount.jid, ({ file }) => file?.name === name);
      expect(own).toMatchObject({
        direction: 'out',
        body: url,
        file: { url, type: 'text/plain', sha256: sha256(letter) },
      });
    }
    await juliet.until(async () => ((await uploadsOf(pair)).length === 0 ? true : null), 'an empty queue');
    const sent = juliet.events.filter((event) => event.topic === 'uploads' && event.type === 'upload');
    expect(sent.length).toBeGreaterThan(2);
  });

  it('are forwarded as files, with all that is known of them', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, romeoAccount } = pair;
    await juliet.waitForState(({ upload }) => upload.is === 'offered', 'an upload service');
    const paths = [await fileOnDisk(juliet, 'a letter.txt', 'But soft, what light')];
    await juliet.ask('file.add', { account, peer: romeoAccount.jid, paths });
    const isFile = (raw: string): boolean => raw.startsWith('<message') && raw.includes(OOB);
    const first = await romeo.waitForRaw(isFile);
    const { id, file } = await sharedIn(pair, romeoAccount.jid);
    await juliet.ask('message.forward', { account, peer: romeoAccount.jid, id });
    const again = await romeo.waitForRaw(isFile);
    const sharing = (raw: string): string | undefined => /<file-sharing.*<\/file-sharing>/su.exec(raw)?.[0];
    expect(sharing(again)).toBe(sharing(first));
    expect(again).toContain(`<url>${file?.url.replaceAll('&', '&amp;') ?? ''}</url>`);
  });

  it('of others need no text beside them: told out of band or as a file alone they are there, in a room too', async () => {
    const pair = await verona(kind);
    const { romeo, romeoAccount, julietAccount, room } = pair;
    await pair.join();
    const oob = (url: string): string => `<x xmlns='${OOB}'><url>${url}</url></x>`;
    const sharing = (url: string): string =>
      "<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'><name>b.png</name></file>" +
      `<sources><url-data xmlns='http://jabber.org/protocol/url-data' target='${url}'/></sources></file-sharing>`;
    for (const [type, to, peer] of [
      ['chat', julietAccount.jid, romeoAccount.jid],
      ['groupchat', room, room],
    ] as const)
      for (const [n, parts] of [oob, sharing, (url: string) => `<body/>${oob(url)}`].entries()) {
        const url = `https://files.test/${type}-${String(n)}.png`;
        await romeo.sendRaw(
          `<message type='${type}' to='${to}' id='${type}${String(n)}'>${parts(url)}<store xmlns='urn:xmpp:hints'/></message>`,
        );
        const row = await sharedIn(pair, peer, ({ file }) => file?.url === url);
        expect(row).toMatchObject({ body: url, direction: 'in' });
      }
  });

  it('go to a room', async () => {
    const pair = await verona(kind);
    const { juliet, account, room, romeo } = pair;
    await pair.join();
    const path = await fileOnDisk(juliet, 'to all.txt', 'Friends, Romans');
    await juliet.ask('file.add', { account, peer: room, paths: [path] });
    const xml = await romeo.waitForRaw((raw) => raw.includes('groupchat') && raw.includes('jabber:x:oob'));
    expect(xml).toContain('urn:xmpp:sfs:0');
    const own = await sharedIn(pair, room);
    await juliet.until(async () => {
      const [first] = (await juliet.ask('file.list', { account, peer: room, before: null, limit: 5 })).value;
      return first?.delivery === 'sent' ? true : null;
    }, 'the room has said it');
    expect(own.file?.name).toBe('to all.txt');
  });

  it('answer a message, the first of several, in a conversation as in a room; those of others do too', async () => {
    const all = await verona(kind);
    const { juliet, account, room, romeo, romeoAccount, julietAccount } = all;
    await all.join();
    await juliet.waitForState(({ upload }) => upload.is === 'offered', 'an upload service');
    const paths = await Promise.all(
      ['one.txt', 'two.txt'].map((name) => fileOnDisk(juliet, name, `in ${name}`)),
    );
    const next = (...parts: readonly string[]) =>
      romeo.waitForRaw((raw) => [OOB, ...parts].every((part) => raw.includes(part)));
    const peer = romeoAccount.jid;
    await romeo.sendMessage(julietAccount.jid, 'shall I come?', { id: 'the-question-of-romeo' });
    const asked = await juliet.until(async () => (await messagesWith(all))[0], 'the question');
    await juliet.ask('file.add', { account, peer, paths, answers: asked.id });
    const first = await next('one.txt');
    expect(first).toMatch(/<reply[^>]*id=["']the-question-of-romeo["']/u);
    expect(first).toMatch(/(?:>|&gt;) shall I come\?\nhttps?:/u);
    expect(await next('two.txt')).not.toContain(REPLY);
    const own = await sharedIn(all, peer, ({ file }) => file?.name === 'one.txt');
    expect(own).toMatchObject({ body: own.file?.url, reply: { quoted: { id: asked.id } } });

    const url = own.file?.url.replaceAll('&', '&amp;') ?? '';
    await romeo.sendRaw(
      `<message type='chat' id='file-of-romeo' to='${julietAccount.jid}'><body>&gt; x\n${url}</body>` +
        `<reply xmlns='${REPLY}' id='the-question-of-romeo'/><fallback xmlns='urn:xmpp:fallback:0' for='${REPLY}'>` +
        `<body start='0' end='4'/></fallback><x xmlns='${OOB}'><url>${url}</url></x></message>`,
    );
    const his = await sharedIn(all, peer, ({ direction }) => direction === 'in');
    expect(his).toMatchObject({ file: { url: own.file?.url }, reply: { quoted: { id: asked.id } } });

    await peerSays(romeo, room, 'shall we dance?');
    const said = await juliet.until(async () => {
      const page = await juliet.ask('messages.page', { account, peer: room, anchor: null, limit: 20 });
      return page.value.messages.find(({ body }) => body === 'shall we dance?');
    }, 'the question in the room');
    await juliet.ask('file.add', { account, peer: room, paths, answers: said.id });
    const heard = await next('groupchat', 'one.txt');
    // A room that gives no ids: nobody can be told which message is meant, and the file goes all the same.
    if (said.reactable) expect(heard).toMatch(new RegExp(`<reply[^>]*to=["']${room}/Romeo["']`, 'u'));
    else expect(heard).not.toContain(REPLY);
  });

  it('a photo goes without what it tells, as long as the user wants that; what cannot be silenced is asked about', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, romeoAccount } = pair;
    await juliet.waitForState(({ upload }) => upload.is === 'offered', 'an upload service');
    const add = async (name: string, bytes: Uint8Array): Promise<void> => {
      const paths = [await fileOnDisk(juliet, name, bytes)];
      await juliet.ask('file.add', { account, peer: romeoAccount.jid, paths });
    };
    const arrived = async (): Promise<string> => {
      const xml = await romeo.waitForRaw((raw) => raw.startsWith('<message') && raw.includes(OOB));
      const url = /<url>([^<]+)</.exec(xml)?.[1]?.replaceAll('&amp;', '&') ?? '';
      return Buffer.from(await (await fetch(url)).arrayBuffer()).toString('latin1');
    };
    const photo = photoOf({ width: 8_000, height: 6_000 });
    await add('balcony.jpg', photo);
    const silent = await arrived();
    expect(silent).toContain(photoScan.toString('latin1'));
    expect(silent).not.toContain('GPS');

    const heic = Buffer.from('\0\0\0\x18ftypheic GPS', 'latin1');
    await add('garden.heic', heic);
    const asking = await juliet.until(
      async () => (await uploadsOf(pair)).find(({ fault }) => fault?.why === 'hidden-details'),
      'the question',
    );
    await juliet.ask('file.retry', { account, id: asking.id });
    expect(await arrived()).toBe(heic.toString('latin1'));

    await juliet.ask('settings.set', { patch: { stripMetadata: false } });
    await add('as it was.jpg', photo);
    expect(await arrived()).toBe(photo.toString('latin1'));
  });

  it('a photo that may go as it is goes so after a restart too, and is not asked about again', async () => {
    const pair = await friends(kind);
    const { juliet, account, romeo, romeoAccount } = pair;
    await juliet.waitForState(({ upload }) => upload.is === 'offered', 'an upload service');
    const heic = Buffer.from('\0\0\0\x18ftypheic GPS', 'latin1');
    const paths = [await fileOnDisk(juliet, 'garden.heic', heic)];
    await juliet.ask('file.add', { account, peer: romeoAccount.jid, paths });
    const asking = await juliet.until(
      async () => (await uploadsOf(pair)).find(({ fault }) => fault?.why === 'hidden-details'),
      'the question',
    );
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    await juliet.ask('file.retry', { account, id: asking.id });
    await juliet.stop(true);
    const again = await startCore({ dir: juliet.dir, secrets: juliet.secrets });
    atEnd(() => again.stop());
    const [waiting] = await again.until(async () => {
      const files = await uploadsOf({ juliet: again, account });
      return files.length > 0 ? files : null;
    }, 'the photo is there still');
    expect(waiting).toMatchObject({ state: 'waiting', fault: null });
    await again.ask('presence.set', { account, kind: 'online', status: null });
    const xml = await romeo.waitForRaw((raw) => raw.startsWith('<message') && raw.includes(OOB));
    const url = /<url>([^<]+)</.exec(xml)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(heic);
  });

  it('too large is said before anything goes, a file that is gone when its turn comes', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeoAccount } = pair;
    await juliet.waitForState(({ upload }) => upload.is === 'offered', 'an upload service');
    const large = await fileOnDisk(juliet, 'large.bin', Buffer.alloc(LIMIT + 1));
    const empty = await fileOnDisk(juliet, 'empty.txt', '');
    const none = join(juliet.dir, 'mine', 'nothing.txt');
    await juliet.ask('file.add', { account, peer: romeoAccount.jid, paths: [large, empty, none] });
    const faults = (await uploadsOf(pair)).map(({ name, state, fault }) => ({ name, state, ...fault }));
    expect(faults).toEqual([
      { name: 'large.bin', state: 'failed', why: 'too-large', detail: String(LIMIT) },
      { name: 'empty.txt', state: 'failed', why: 'empty', detail: null },
      { name: 'nothing.txt', state: 'failed', why: 'gone', detail: null },
    ]);
    const [first] = await uploadsOf(pair);
    await juliet.ask('file.cancel', { account, id: first?.id ?? 0 });
    expect((await uploadsOf(pair)).length).toBe(2);
    expect(await messagesWith(pair)).toEqual([]);
  });

  it('wait without a connection and over a restart, and say so where the file is gone meanwhile', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo, romeoAccount } = pair;
    await juliet.waitForState(({ upload }) => upload.is === 'offered', 'an upload service');
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    const [kept, lost] = await Promise.all(
      ['kept.txt', 'lost.txt'].map((name) => fileOnDisk(juliet, name, name)),
    );
    await juliet.ask('file.add', { account, peer: romeoAccount.jid, paths: [lost ?? '', kept ?? ''] });
    expect((await uploadsOf(pair)).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    await juliet.stop(true);
    await rm(lost ?? '');
    const again = await startCore({ dir: juliet.dir, secrets: juliet.secrets });
    atEnd(() => again.stop());
    const next = { juliet: again, account };
    await again.until(
      async () => ((await uploadsOf(next)).length === 2 ? true : null),
      'both are there still',
    );
    await again.ask('presence.set', { account, kind: 'online', status: null });
    const xml = await romeo.waitForRaw((raw) => raw.includes('jabber:x:oob'));
    expect(await (await fetch(/<url>([^<]+)</.exec(xml)?.[1] ?? '')).text()).toBe('kept.txt');
    await again.until(async () => {
      const [one, ...more] = await uploadsOf(next);
      return more.length === 0 && one?.fault?.why === 'gone' ? one : null;
    }, 'the lost one says so');
    await fileOnDisk(again, 'lost.txt', 'found again');
    const [failed] = await uploadsOf(next);
    await again.ask('file.retry', { account, id: failed?.id ?? 0 });
    await romeo.waitForRaw((raw) => raw.includes('jabber:x:oob'));
    await again.until(async () => ((await uploadsOf(next)).length === 0 ? true : null), 'an empty queue');
  });

  it('T20 T31 a picture of a contact is fetched, looked at and kept; of a stranger not before the user asks', async () => {
    const pair = await friends(kind);
    const { juliet, account, server, romeo, romeoAccount, julietAccount } = pair;
    const picture = pngOf(64, [40, 90, 160]);
    const service = `upload.${server.domain}`;
    const url = await peerUploads(romeo, service, { name: 'balcony.png', type: 'image/png', bytes: picture });
    await peerShares(romeo, julietAccount.jid, url);
    const message = await sharedIn(pair, romeoAccount.jid);
    expect(message).toMatchObject({ body: url, file: { url, name: null, size: null } });
    const shown = await juliet.ask('file.load', { account, id: message.id, asked: false });
    expect(shown).toMatchObject({ is: 'picture', width: 64, height: 64 });
    const name = shown.is === 'picture' ? (shown.src.split('/').at(-1) ?? '') : '';
    const served = await juliet.core.picture(account, name);
    expect(served?.type).toBe('image/png');
    expect(Buffer.from(served?.bytes ?? [])).toEqual(picture);
    // On the disk it is nobody else's.
    const kept = await readFile(join(juliet.dir, 'pictures', account, name));
    expect(kept.includes(picture.subarray(0, 16))).toBe(false);
    expect((await sharedIn(pair, romeoAccount.jid)).file).toMatchObject({
      width: 64,
      height: 64,
      size: picture.length,
    });
    await juliet.ask('file.save', { account, id: message.id });
    expect(await readFile(join(juliet.dir, 'balcony.png'))).toEqual(picture);

    await juliet.ask('settings.set', { patch: { ownDomainKnown: false } });
    const mallory = await server.newAccount('mallory');
    const stranger = await ownPeer(server, mallory);
    await peerShares(stranger, julietAccount.jid, `${url}?other`);
    const theirs = await sharedIn(pair, mallory.jid);
    const held = await juliet.ask('file.load', { account, id: theirs.id, asked: false });
    expect(held).toEqual({ is: 'held', why: 'stranger' });
    expect(await juliet.ask('file.load', { account, id: theirs.id, asked: true })).toMatchObject({
      is: 'picture',
    });
  });

  it('a picture stays when another message is deleted, and goes with the last one that shares it', async () => {
    const pair = await friends(kind);
    const { juliet, account, server, romeo, romeoAccount, julietAccount } = pair;
    const service = `upload.${server.domain}`;
    const shared: { readonly id: number; readonly kept: string }[] = [];
    const urls: string[] = [];
    for (const n of [1, 2]) {
      const file = { name: `${n}.png`, type: 'image/png', bytes: pngOf(16 * n, [40, 90, 160]) };
      urls.push(await peerUploads(romeo, service, file));
    }
    // The second one twice.
    for (const url of [...urls, urls[1] ?? '']) {
      await peerShares(romeo, julietAccount.jid, url);
      const before = shared.map(({ id }) => id);
      const { id } = await sharedIn(pair, romeoAccount.jid, (one) => !before.includes(one.id));
      const view = await juliet.ask('file.load', { account, id, asked: false });
      const name = view.is === 'picture' ? (view.src.split('/').at(-1) ?? '') : '';
      shared.push({ id, kept: join(juliet.dir, 'pictures', account, name) });
    }
    const [one, two, again] = shared;
    if (!one || !two || !again) throw new Error('three messages');
    const remove = (id: number) =>
      juliet.ask('message.delete', { account, peer: romeoAccount.jid, ids: [id] });
    const there = () => [one, two].map(({ kept }) => existsSync(kept));
    await remove(one.id);
    expect(there()).toEqual([false, true]);
    await remove(two.id);
    expect(there()).toEqual([false, true]);
    await remove(again.id);
    expect(there()).toEqual([false, false]);
  });

  it('a picture in a room is fetched from the own server, and over the size that the user set not by itself', async () => {
    const pair = await verona(kind);
    const { juliet, account, room, romeo, server } = pair;
    await pair.join();
    const bytes = Buffer.concat([pngOf(32, [160, 40, 40]), Buffer.alloc(1_100_000)]);
    const file = { name: 'wide.png', type: 'image/png', bytes };
    const url = await peerUploads(romeo, `upload.${server.domain}`, file);
    await peerShares(romeo, room, url, 'groupchat');
    const message = await sharedIn(pair, room);
    await juliet.ask('settings.set', { patch: { autoLoadMegabytes: 1 } });
    const ask = (asked: boolean) => juliet.ask('file.load', { account, id: message.id, asked });
    expect(await ask(false)).toEqual({ is: 'held', why: 'large' });
    await juliet.ask('settings.set', { patch: { autoLoadMegabytes: 2 } });
    expect(await ask(false)).toMatchObject({ is: 'picture', width: 32 });
  });
});

describe.each(without)('files on %s, which takes none', (kind) => {
  it('the window knows, and what is chosen for somebody who is no contact that is there says so', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeoAccount } = pair;
    await juliet.waitForState(({ upload }) => upload.is === 'none', 'that there is no upload service');
    const path = await fileOnDisk(juliet, 'letter.txt', 'But soft');
    await juliet.ask('file.add', { account, peer: romeoAccount.jid, paths: [path] });
    await juliet.until(async () => {
      const [one] = await uploadsOf(pair);
      return one?.fault?.why === 'nobody' ? one : null;
    }, 'the words for it');
    expect(await messagesWith(pair)).toEqual([]);
  });

  it('in a room it says that files go to one person', async () => {
    const pair = await verona(kind);
    const { juliet, account, room } = pair;
    await pair.join();
    await juliet.waitForState(({ upload }) => upload.is === 'none', 'that there is no upload service');
    const path = await fileOnDisk(juliet, 'to all.txt', 'Friends, Romans');
    await juliet.ask('file.add', { account, peer: room, paths: [path] });
    await juliet.until(async () => {
      const [one] = await uploadsOf(pair);
      return one?.fault?.why === 'room' ? one : null;
    }, 'the words for it');
  });
});
