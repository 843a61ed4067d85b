import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Upload } from '../../src-shared/model/file';
import { CAPABILITIES } from '../servers/capabilities';
import type { ServerKind } from '../servers/server';
import { sharedServers } from '../servers/shared';
import { faultProxy, type FaultProxy } from '../support/fault-proxy';
import { leapingClock } from '../support/leaping-clock';
import { realClock } from '../support/real-clock';
import { fileOnDisk, sharedIn, uploadsOf } from './files-support';
import { atEnd, friends } from './support';

const OOB = 'jabber:x:oob';
const SIZE = 4 * 1024 * 1024;
const letter = Buffer.alloc(SIZE, 'But soft, what light ');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** The longest rest between two tries. */
const REST_MS = 30_000;
/** Progress is told this often at most. */
const TELL_MS = 150;

/** Juliet's files go to the server over a line of which the test cuts as many as it likes, each at a byte of the file. */
const overBrokenLine = async (kind: ServerKind, cuts: number[]) => {
  const clock = leapingClock();
  const proxies = new Map<string, Promise<FaultProxy>>();
  const tries: string[] = [];
  const proxyTo = (port: string): Promise<FaultProxy> => {
    const known = proxies.get(port) ?? faultProxy({ port: Number(port) });
    proxies.set(port, known);
    return known;
  };
  atEnd(async () => {
    for (const proxy of proxies.values()) await (await proxy).stop();
  });
  const pair = await friends(
    kind,
    {},
    {
      link: { clock: realClock },
      spoil: (ports) => ({
        ...ports,
        clock,
        transfer: {
          ...ports.transfer,
          async put(request, signal, onSent) {
            const url = new URL(request.url);
            const proxy = await proxyTo(url.port);
            tries.push(request.url);
            url.port = String(proxy.port);
            let cutAt = cuts.shift() ?? Infinity;
            return ports.transfer.put({ ...request, url: url.href }, signal, (sent) => {
              // No try is so quick that nothing of it is told.
              clock.leap(TELL_MS);
              onSent(sent);
              if (sent < cutAt) return;
              cutAt = Infinity;
              proxy.cut();
            });
          },
        },
      }),
    },
  );
  const { juliet, account, romeoAccount } = pair;
  await juliet.waitForState(({ upload }) => upload.is === 'offered', 'an upload service');
  const paths = [await fileOnDisk(juliet, 'a letter.txt', letter)];
  await juliet.ask('file.add', { account, peer: romeoAccount.jid, paths });
  const until = (fits: (all: readonly Upload[]) => boolean, what: string) =>
    juliet.until(async () => (fits(await uploadsOf(pair)) ? true : null), what);
  /** Each try that broke off rests; the rest is over at once. */
  const untilTries = async (count: number): Promise<void> => {
    for (let after = 1; after < count; after++) {
      await until(([one]) => tries.length === after && one?.state === 'waiting', `rest ${String(after)}`);
      clock.leap(REST_MS);
    }
  };
  const told = (): readonly Upload[] =>
    juliet.events.flatMap((event) =>
      event.topic === 'uploads' && event.type === 'upload' ? [event.upload] : [],
    );
  /** It is there once, whole, and nothing of it is left in the queue. */
  const arrives = async (): Promise<void> => {
    const { romeo } = pair;
    const xml = await romeo.waitForRaw((raw) => raw.startsWith('<message') && raw.includes(OOB));
    const url = (/<url>([^<]+)</.exec(xml)?.[1] ?? '').replaceAll('&amp;', '&');
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    expect(sha256(bytes)).toBe(sha256(letter));
    await until((all) => all.length === 0, 'an empty queue');
    const { file } = await sharedIn(pair, romeoAccount.jid);
    expect(file).toMatchObject({ url, name: 'a letter.txt', size: SIZE, sha256: sha256(letter) });
    await juliet.ask('message.send', { account, peer: romeoAccount.jid, body: 'did you get it?' });
    await romeo.waitForMessage(({ body }) => body === 'did you get it?');
    expect(romeo.messages).toHaveLength(2);
    const list = await juliet.ask('file.list', { account, peer: romeoAccount.jid, before: null, limit: 50 });
    expect(list.value).toHaveLength(1);
  };
  return { ...pair, tries, until, untilTries, told, arrives };
};

describe.each(sharedServers().filter((kind) => CAPABILITIES[kind].upload))(
  'a file whose line breaks off on %s',
  (kind) => {
    it('in its middle, and before the server has said that it has it: goes again by itself, and is there once', async () => {
      const { tries, untilTries, told, arrives } = await overBrokenLine(kind, [SIZE / 2, SIZE]);
      await untilTries(3);
      await arrives();
      // A slot is for one PUT (XEP-0363 §4): each try has its own.
      expect(new Set(tries).size).toBe(3);
      // Progress began anew with each try, and no try was told as failed.
      const states = told().map(({ state, fault }) => fault?.why ?? state);
      const turns = states.filter((state, at) => state !== states[at - 1]);
      expect(turns).toEqual(['waiting', 'sending', 'waiting', 'sending', 'waiting', 'sending']);
      const going = told().flatMap(({ state, sent }) => (state === 'sending' ? [sent] : []));
      const starts = going.flatMap((sent, at) => (sent === 0 ? [at] : []));
      const furthest = starts.map((at, n) => Math.max(...going.slice(at, starts[n + 1])));
      expect(furthest).toEqual([SIZE / 2, SIZE, SIZE]);
    });

    it('again and again: says so in the end, and goes when the user asks', async () => {
      const always = Array<number>(5).fill(SIZE / 2);
      const pair = await overBrokenLine(kind, always);
      const { juliet, account, romeo, tries, until, untilTries, arrives } = pair;
      await untilTries(5);
      await until(([one]) => one?.state === 'failed' && one.fault?.why === 'network', 'failed, and why');
      expect([tries.length, romeo.messages.length]).toEqual([5, 0]);
      const [failed] = await uploadsOf(pair);
      await juliet.ask('file.retry', { account, id: failed?.id ?? 0 });
      await arrives();
    });
  },
);
