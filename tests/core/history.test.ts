import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HistoryWork } from '../../src-shared/model/history';
import { openConnection } from '../../src-main/store/driver';
import { memoryKeyring, startCore } from '../support/core';
import { someQuery } from '../support/search-query';
import { atEnd, friends, messagesWith, type Pair } from './support';

/** What has been told of the work that was begun last. */
const works = ({ juliet }: Pair): readonly HistoryWork[] =>
  juliet.events.flatMap((event) => (event.type === 'history' ? [event.work] : []));
const ended = (pair: Pair, count: number): Promise<HistoryWork> =>
  pair.juliet.until(
    () => works(pair).filter(({ state }) => state !== 'running')[count - 1],
    'the end of the work',
  );

const texts = ['Wherefore art thou Romeo?', '苏州这边也一样 <b>bold</b>', 'https://example.org/a.png'];

/** The same texts both ways, once all of them are known to be at the server. */
const talk = async (pair: Pair): Promise<void> => {
  const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
  for (const body of texts) {
    await juliet.ask('message.send', { account, peer: romeoAccount.jid, body });
    await romeo.waitForMessage((message) => message.body === body);
    await romeo.sendMessage(julietAccount.jid, `Romeo: ${body}`);
  }
  await juliet.until(async () => {
    const messages = await messagesWith(pair);
    const there = messages.every(({ delivery }) => delivery !== 'waiting');
    return there && messages.length === 2 * texts.length ? messages : null;
  }, 'all said');
};

describe('the history, with Prosody', () => {
  it('is exported as a page, as data and as text', async () => {
    const pair = await friends('prosody');
    const { juliet, account, julietAccount, romeoAccount } = pair;
    await talk(pair);
    const formats = ['html', 'json', 'text'] as const;
    for (const [n, format] of formats.entries()) {
      const args = { account, peer: format === 'json' ? null : romeoAccount.jid, format };
      expect(await juliet.ask('history.export', args)).toEqual({ started: true });
      expect(await ended(pair, n + 1)).toMatchObject({ kind: 'export', state: 'done', done: 6, total: 6 });
    }
    const read = async (extension: string): Promise<string> => {
      const names = await readdir(juliet.dir);
      const name = names.find((file) => file.startsWith('Flint chat') && file.endsWith(extension)) ?? '';
      return readFile(join(juliet.dir, name), 'utf8');
    };
    const html = await read('.html');
    expect(html).toContain('苏州这边也一样 &lt;b&gt;bold&lt;/b&gt;');
    expect(html.match(/<p dir/g)).toHaveLength(6);
    const data = JSON.parse(await read('.json')) as unknown;
    expect(data).toMatchObject({
      account: julietAccount.jid,
      chats: [{ peer: romeoAccount.jid, name: 'Romeo', messages: { length: 6 } }],
    });
    expect((await read('.txt')).match(/^\[\d\d:\d\d\] (?:Me|Romeo): /gm)).toHaveLength(6);
    // No part of a file is left beside them.
    expect((await readdir(juliet.dir)).filter((file) => file.endsWith('.part'))).toEqual([]);
  });

  it('is found, is counted, and once deleted comes back neither by search nor from the archive', async () => {
    const pair = await friends('prosody');
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    await talk(pair);
    const found = async (text: string): Promise<number> =>
      (await juliet.ask('history.search', { account, ...someQuery({ text }) })).value.hits.length;
    expect(await found('wheref')).toBe(2);
    expect(await found('州')).toBe(2);
    expect((await juliet.ask('history.size', { account })).value).toMatchObject({ messages: 6, chats: 1 });
    await juliet.ask('history.delete', { account, peer: romeoAccount.jid, before: null });
    expect(await ended(pair, 1)).toMatchObject({ kind: 'delete', state: 'done', done: 6 });
    const gone = async (): Promise<void> => {
      expect(await messagesWith(pair)).toEqual([]);
      expect(await found('wheref')).toBe(0);
      expect((await juliet.ask('chats.list', { account })).value).toEqual([]);
    };
    await gone();
    // A new session reads the archive again.
    await juliet.ask('presence.set', { account, kind: 'offline', status: null });
    await juliet.ask('presence.set', { account, kind: 'online', status: null });
    await juliet.waitForState(
      ({ connection, archive }) => connection.phase === 'online' && archive.is === 'current',
      'the archive has been read',
    );
    await gone();
    await romeo.sendMessage(julietAccount.jid, 'A new day');
    await juliet.until(async () => ((await messagesWith(pair)).length > 0 ? true : null), 'the new message');
    expect((await messagesWith(pair)).map(({ body }) => body)).toEqual(['A new day']);
  });

  it('an export that is stopped leaves no file', async () => {
    const stop: { now: (() => Promise<unknown>) | null } = { now: null };
    const pair = await friends(
      'prosody',
      {},
      {
        spoil: (ports) => ({
          ...ports,
          exports: {
            choose: async (suggested, extension) => {
              const file = await ports.exports.choose(suggested, extension);
              if (!file) return null;
              const write = async (text: string | Uint8Array): Promise<void> => {
                await file.write(text);
                await stop.now?.();
              };
              return { ...file, write };
            },
          },
        }),
      },
    );
    const { juliet, account } = pair;
    await talk(pair);
    stop.now = () => juliet.ask('history.cancel', { account });
    await juliet.ask('history.export', { account, peer: null, format: 'html' });
    expect(await ended(pair, 1)).toMatchObject({ state: 'cancelled', file: null });
    expect((await readdir(juliet.dir)).filter((file) => /\.html|\.part/.test(file))).toEqual([]);
  });

  it('of a newer Flint is left as it is: says so, talks on in memory, and has it again once it is new enough', async () => {
    const kept = new Map<string, string>();
    const pair = await friends('prosody', {}, { secrets: memoryKeyring(kept) });
    const { juliet, account, romeo, romeoAccount } = pair;
    const { dir, secrets } = juliet;
    await juliet.ask('message.send', { account, peer: romeoAccount.jid, body: 'on the disk' });
    await romeo.waitForMessage(({ body }) => body === 'on the disk');
    await juliet.stop(true);
    const version = (next: number): number => {
      const db = openConnection(join(dir, `${account}.db`), kept.get(`store-key:${account}`) ?? null);
      const before = db.one<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
      db.exec(`PRAGMA user_version = ${String(next)}`);
      db.close();
      return before;
    };
    const before = version(999);
    const older = await startCore({ dir, secrets });
    await older.waitForState(
      ({ connection, history }) => connection.phase === 'online' && history === 'newer',
      'online, in memory',
    );
    await older.stop(true);
    expect(version(before)).toBe(999);
    const again = await startCore({ dir, secrets });
    atEnd(() => again.stop());
    await again.waitForState(({ history }) => history === 'kept', 'on the disk again');
    expect((await messagesWith({ ...pair, juliet: again })).map(({ body }) => body)).toContain('on the disk');
  });
});
