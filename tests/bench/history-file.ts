import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cachePath, fillOnce } from '../../scripts/setup/cache';
import { openConnection, type Connection } from '../../src-main/store/driver';
import { openEngine } from '../../src-main/store/engine';
import { migrate } from '../../src-main/store/migrations';
import { noteMessage } from '../../src-main/store/tables/conversations';
import { insertMessage } from '../../src-main/store/tables/messages';
import { corpus, type CorpusMessage } from './corpus';

export const benchKey = 'ab'.repeat(32);
/** Committed together: what an archive is read by. */
const batch = 500;

/**
 * The folder of an encrypted database with so many messages (`bench.db`), made once for each schema and kept in the cache:
 * a million takes a minute or more.
 *
 * @param peers see corpus
 */
export async function historyFolder(count: number, peers?: readonly string[]): Promise<string> {
  const folder = cachePath(`bench-${peers === undefined ? 'history' : 'talks'}-${String(count)}`);
  await fillOnce(folder, schemaKey(count, peers), (part) => {
    console.log(`Writing ${count.toLocaleString('en')} messages, once …`);
    mkdirSync(part, { recursive: true });
    fill(join(part, 'bench.db'), corpus(count, peers), count);
    return Promise.resolve();
  });
  return folder;
}

/** Puts a copy of such a history in the place of an account's, and what was said last behind it; the app is not running. */
export async function giveHistory(
  count: number,
  talks: { readonly peers: readonly string[]; readonly last: readonly CorpusMessage[] },
  file: string,
): Promise<void> {
  const folder = await historyFolder(count, talks.peers);
  for (const beside of ['-wal', '-shm']) rmSync(file + beside, { force: true });
  for (const end of ['', '.key.json']) copyFileSync(join(folder, `bench.db${end}`), file + end);
  const engine = openEngine({ file, key: benchKey, rebuild: false, lastTold: null }, () => new Date());
  engine.writer.transaction(() => {
    for (const [n, message] of talks.last.entries()) addOne(engine.writer, count + n, message);
  });
  engine.close();
}

/** Tables and indexes as they are made now, and what is written into them. */
function schemaKey(count: number, peers?: readonly string[]): string {
  const db = openConnection(':memory:', null);
  migrate(db);
  const schema = db.all('SELECT sql FROM sqlite_master ORDER BY name');
  db.close();
  const written = [...corpus(200, peers)];
  return createHash('sha256')
    .update(JSON.stringify(['3', schema, written, count]))
    .digest('hex');
}

function fill(file: string, messages: Generator<CorpusMessage>, count: number): void {
  const engine = openEngine({ file, key: benchKey, rebuild: false, lastTold: null }, () => new Date());
  const db = engine.writer;
  // Whatever happens on the way, it is made again from the start.
  db.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -64000');
  for (let n = 0; n < count; n += batch) {
    db.transaction(() => {
      for (let i = n; i < n + batch; i++) {
        const next = messages.next();
        if (next.done !== true) addOne(db, i, next.value);
      }
    });
  }
  engine.close();
}

function addOne(db: Connection, n: number, message: CorpusMessage): void {
  const { peer, direction, nick, file: name, body, at } = message;
  const sort = at * 1000;
  const id = insertMessage(db, {
    peer,
    direction,
    kind: 'chat',
    subject: null,
    body,
    at,
    sort,
    stanzaId: `stanza-${String(n)}`,
    originId: null,
    messageId: null,
    markable: false,
    delivery: direction === 'out' ? 'sent' : null,
    nick,
    ...(name === null
      ? {}
      : { file: { url: body, name, type: null, size: null, width: null, height: null, sha256: null } }),
  });
  noteMessage(db, { peer, direction, id, sort, seen: true, standing: 'open' });
}
