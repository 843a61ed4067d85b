import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId } from '../../src-shared/model/account';
import type { Message } from '../../src-shared/model/conversation';
import type { DirectFile, Upload } from '../../src-shared/model/file';
import type { FilePeer } from '../peers/file-peer';
import type { FileWay, Peer } from '../peers/peer';
import { slixmppPeer } from '../peers/slixmpp/slixmpp-peer';
import { smackPeer } from '../peers/smack/smack-peer';
import { CAPABILITIES } from '../servers/capabilities';
import type { TestServer } from '../servers/server';
import { connectServer, sharedServers, type SharedServer } from '../servers/shared';
import { startServer } from '../servers/start-server';
import { startCore, type TestCore } from '../support/core';
import { fileOnDisk, sharedIn, uploadsOf } from './files-support';
import { asShared, at, atEnd, contactOf, friends, ownCore, ownPeer, type Pair } from './support';

/** The hash that goes along with a file, whichever way it is offered. */
const hashes = { si: 'md5', jingle: 'sha256' } as const;
const hashOf = (way: FileWay, bytes: Uint8Array | string): string =>
  createHash(hashes[way]).update(bytes).digest('hex');
/** Some more than twenty blocks, the last one short. */
const letter = Buffer.from(Array.from({ length: 90_001 }, (_, index) => index % 251));

/** What the card of the latest file says, once it fits. */
const card = (
  who: Pick<Pair, 'juliet' | 'account'>,
  peer: string,
  state: DirectFile['state'],
): Promise<Message> => sharedIn(who, peer, ({ file }) => file?.direct?.state === state);
const tray = (pair: Pick<Pair, 'juliet' | 'account'>, fits: (upload: Upload) => boolean): Promise<Upload> =>
  pair.juliet.until(async () => (await uploadsOf(pair)).find(fits), 'the file that is on its way');
const add = async ({ juliet, account, romeoAccount }: Pair, name: string): Promise<void> => {
  const path = await fileOnDisk(juliet, name, letter);
  await juliet.ask('file.add', { account, peer: romeoAccount.jid, paths: [path] });
};

describe.each(sharedServers())('files without a file service on %s', (kind) => {
  let own: TestServer | null = null;
  let server: SharedServer;
  beforeAll(async () => {
    own = CAPABILITIES[kind].upload ? await startServer(kind, { upload: false }) : null;
    server = own ? asShared(own) : connectServer(kind);
  });
  afterAll(() => own?.stop());

  /** Both in Flint. */
  const bothInFlint = async (): Promise<
    Pair & { readonly theirs: TestCore; readonly romeoId: AccountId }
  > => {
    const pair = await friends(server);
    await pair.romeo.disconnect();
    const theirs = await ownCore();
    const romeoId = await theirs.signIn(pair.romeoAccount.jid, pair.romeoAccount.password, at(server));
    await theirs.waitForState(({ upload }) => upload.is === 'none', 'no file service');
    await pair.juliet.waitForState(({ upload }) => upload.is === 'none', 'no file service');
    await pair.juliet.until(async () => {
      const resources = (await contactOf(pair))?.presence.resources ?? [];
      return resources.some(({ client }) => client === 'Flint') ? true : null;
    }, 'the other Flint is there');
    return { ...pair, theirs, romeoId };
  };

  it('T20 go straight to the other Flint: offered, accepted, whole; nothing is on the disk before', async () => {
    const pair = await bothInFlint();
    const { theirs, romeoId, romeoAccount, julietAccount, juliet, account } = pair;
    const romeo = { juliet: theirs, account: romeoId };
    await add(pair, 'letter.bin');
    await tray(pair, ({ state }) => state === 'asking');
    const offered = await card(romeo, julietAccount.jid, 'offered');
    expect(offered).toMatchObject({ body: 'letter.bin', direction: 'in', file: { size: letter.length } });
    expect(offered.reactable).toBeUndefined();
    const { value: chats } = await theirs.ask('chats.list', { account: romeoId });
    expect(chats.find(({ peer }) => peer === julietAccount.jid)?.unread).toBe(1);
    expect(await readdir(theirs.dir)).not.toContain('letter.bin.part');
    expect(await theirs.ask('file.save', { account: romeoId, id: offered.id })).toEqual({ started: true });
    expect(await readFile(join(theirs.dir, 'letter.bin'))).toEqual(letter);
    await card(romeo, julietAccount.jid, 'done');
    const sent = await sharedIn(pair, romeoAccount.jid);
    expect(sent).toMatchObject({
      direction: 'out',
      delivery: 'received',
      file: { direct: { state: 'done' } },
    });
    expect(await uploadsOf(pair)).toEqual([]);
    const told = theirs.events.filter((event) => event.topic === 'uploads' && event.type === 'download');
    expect(told.length).toBeGreaterThan(1);
    // What is written meanwhile is not kept waiting, and there is no second message of the file.
    const { value } = await juliet.ask('file.list', {
      account,
      peer: romeoAccount.jid,
      before: null,
      limit: 9,
    });
    expect(value.length).toBe(1);
  });

  it('are declined, and say so to the one who sent them', async () => {
    const pair = await bothInFlint();
    const { theirs, romeoId, julietAccount } = pair;
    await add(pair, 'letter.bin');
    const offered = await card({ juliet: theirs, account: romeoId }, julietAccount.jid, 'offered');
    await theirs.ask('file.decline', { account: romeoId, id: offered.id });
    await tray(pair, ({ fault }) => fault?.why === 'declined');
    await card({ juliet: theirs, account: romeoId }, julietAccount.jid, 'declined');
    expect(await theirs.core.call('file.save', { account: romeoId, id: offered.id })).toMatchObject({
      ok: false,
      error: { code: 'file-offer-gone' },
    });
  });

  it('end in words when the line breaks off, on both sides, and after a restart', async () => {
    const pair = await bothInFlint();
    const { theirs, romeoId, julietAccount, juliet, account } = pair;
    await add(pair, 'letter.bin');
    await card({ juliet: theirs, account: romeoId }, julietAccount.jid, 'offered');
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    await tray(pair, ({ fault }) => fault?.why === 'line');
    await theirs.stop(true);
    const again = await startCore({ dir: theirs.dir, secrets: theirs.secrets });
    atEnd(() => again.stop());
    const message = await card({ juliet: again, account: romeoId }, julietAccount.jid, 'failed');
    expect(message.file?.direct).toEqual({ state: 'failed', why: 'lost' });
  });

  it('say in words that nobody is there', async () => {
    const pair = await friends(server);
    await pair.juliet.waitForState(({ upload }) => upload.is === 'none', 'no file service');
    await pair.romeo.disconnect();
    await pair.juliet.until(
      async () => ((await contactOf(pair))?.presence.kind === 'offline' ? true : null),
      'nobody is there',
    );
    await add(pair, 'letter.bin');
    await tray(pair, ({ fault }) => fault?.why === 'nobody');
  });

  /** Openfire 4.2 does not on this Java: clients that are not ours get to it by WebSocket alone. */
  const speaksTcp = kind !== 'openfire';
  if (speaksTcp)
    describe.each(['si', 'jingle'] as const)('with slixmpp by %s', (way) => {
      const withSlixmpp = async (): Promise<Pair & { readonly romeo: Peer & FilePeer }> => {
        const pair = await friends(server);
        await pair.romeo.disconnect();
        const romeo = slixmppPeer(server, pair.romeoAccount, { resource: 'slix', files: way });
        await romeo.connect();
        atEnd(() => romeo.disconnect());
        await pair.juliet.waitForState(({ upload }) => upload.is === 'none', 'no file service');
        await pair.juliet.until(async () => {
          const resources = (await contactOf(pair))?.presence.resources ?? [];
          return resources.some(({ resource }) => resource === 'slix') ? true : null;
        }, 'slixmpp is there');
        return { ...pair, romeo };
      };
      const fullJid = async ({ romeo, julietAccount }: Pair): Promise<string> =>
        (await romeo.waitForPresence(julietAccount.jid, ({ available }) => available)).from;

      it('go to it, with their hash; it says no, and that is said', async () => {
        const pair = await withSlixmpp();
        await add(pair, 'letter.bin');
        const given = await pair.romeo.waitForFile('letter.bin');
        expect(given.hash).toBe(hashOf(way, letter));
        expect(Buffer.from(given.bytes).equals(letter)).toBe(true);
        await card(pair, pair.romeoAccount.jid, 'done');
        await pair.romeo.takesFiles('no');
        await add(pair, 'another.bin');
        await tray(pair, ({ fault }) => fault?.why === 'declined');
      });

      it('T20 come from it, under their last name alone', async () => {
        const pair = await withSlixmpp();
        const { juliet, account, romeoAccount } = pair;
        const end = pair.romeo.offerFile(await fullJid(pair), {
          name: '../../home/letter.txt',
          bytes: letter,
          hash: hashOf(way, letter),
        });
        const offered = await card(pair, romeoAccount.jid, 'offered');
        expect(offered.file?.name).toBe('letter.txt');
        await juliet.ask('file.save', { account, id: offered.id });
        expect(await end).toBeNull();
        expect(await readFile(join(juliet.dir, 'letter.txt'))).toEqual(letter);
        await card(pair, romeoAccount.jid, 'done');
      });

      it('T20 that are not what was promised are not kept, and that is said', async () => {
        const pair = await withSlixmpp();
        const { juliet, account, romeoAccount } = pair;
        const to = await fullJid(pair);
        for (const [name, more, why] of [
          ['more.bin', { size: letter.length - 1 }, 'too-many'],
          ['less.bin', { size: letter.length + 1 }, 'stopped'],
          ['other.bin', { hash: hashOf(way, 'another') }, 'changed'],
        ] as const) {
          void pair.romeo.offerFile(to, { name, bytes: letter, ...more });
          const offered = await card(pair, romeoAccount.jid, 'offered');
          await juliet.ask('file.save', { account, id: offered.id });
          const ended = await sharedIn(pair, romeoAccount.jid, ({ file }) => file?.name === name);
          expect(ended.file?.direct, name).toEqual({ state: 'failed', why });
          const files = await readdir(juliet.dir);
          expect(files.filter((one) => one.startsWith(name))).toEqual([]);
        }
      });

      it('are called off while they wait for an answer: it is gone from the tray', async () => {
        const pair = await withSlixmpp();
        await pair.romeo.takesFiles('never answers');
        await add(pair, 'letter.bin');
        const { id } = await tray(pair, ({ state }) => state === 'asking');
        await pair.juliet.ask('file.cancel', { account: pair.account, id });
        expect(await uploadsOf(pair)).toEqual([]);
      });
    });

  describe('with Smack, what Spark is made of', () => {
    it.each(['si', 'jingle'] as const)(
      'go to it and come from it by %s, and are declined on either side',
      { timeout: 120_000 },
      async (way) => {
        const pair = await friends(server);
        const { juliet, account, julietAccount, romeoAccount } = pair;
        const own = (await pair.romeo.waitForPresence(julietAccount.jid, ({ available }) => available)).from;
        await pair.romeo.disconnect();
        const spark = smackPeer(server, romeoAccount, { files: way });
        await spark.connect();
        atEnd(() => spark.disconnect());
        await juliet.waitForState(({ upload }) => upload.is === 'none', 'no file service');
        await juliet.until(async () => {
          const resources = (await contactOf(pair))?.presence.resources ?? [];
          return resources.some(({ resource }) => resource === 'spark') ? true : null;
        }, 'Smack is there');
        await add(pair, 'to spark.bin');
        expect(Buffer.from((await spark.waitForFile('to spark.bin')).bytes).equals(letter)).toBe(true);
        await card(pair, romeoAccount.jid, 'done');
        await spark.takesFiles('no');
        await add(pair, 'unwanted.bin');
        await tray(pair, ({ fault }) => fault?.why === 'declined');

        const end = spark.offerFile(own, { name: 'from spark.bin', bytes: letter });
        const offered = await card(pair, romeoAccount.jid, 'offered');
        await juliet.ask('file.save', { account, id: offered.id });
        expect(await end).toBeNull();
        expect(await readFile(join(juliet.dir, 'from spark.bin'))).toEqual(letter);
        const refused = spark.offerFile(own, { name: 'another.bin', bytes: letter });
        const { id } = await card(pair, romeoAccount.jid, 'offered');
        await juliet.ask('file.decline', { account, id });
        expect(await refused).toBe('refused');
      },
    );
  });
});

describe.each(sharedServers().filter((kind) => CAPABILITIES[kind].upload))(
  'files to somebody on Spark, where the server %s would keep them',
  (kind) => {
    it('are offered from here as Spark knows it; who has a later app as well finds them at the server', async () => {
      const pair = await friends(kind);
      const { juliet, server: at, romeo, romeoAccount } = pair;
      await romeo.disconnect();
      const spark = smackPeer(at, romeoAccount, { files: 'si' });
      await spark.connect();
      atEnd(() => spark.disconnect());
      await juliet.waitForState(({ upload }) => upload.is === 'offered', 'an upload service');
      const there = (count: number) =>
        juliet.until(
          async () => {
            const { resources = [] } = (await contactOf(pair))?.presence ?? {};
            return resources.length === count && resources.some(({ client }) => client) ? true : null;
          },
          `${String(count)} there`,
        );
      await there(1);
      await add(pair, 'to spark.bin');
      expect(Buffer.from((await spark.waitForFile('to spark.bin')).bytes).equals(letter)).toBe(true);
      await card(pair, romeoAccount.jid, 'done');
      const later = await ownPeer(at, romeoAccount, { client: 'stanza', resource: 'later' });
      await there(2);
      await add(pair, 'both.bin');
      expect(await later.waitForRaw((xml) => xml.includes('jabber:x:oob'))).toContain('both.bin');
    });
  },
);
