import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
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
 */
export async function historyFolder(count: number): Promise<string> {
  const folder = cachePath(`bench-history-${String(count)}`);
  await fillOnce(folder, schemaKey(count), (part) => {
    console.log(`Writing ${count.toLocaleString('en')} messages, once …`);
    mkdirSync(part, { recursive: true });
    fill(join(part, 'bench.db'), count);
    return Promise.resolve();
  });
  return folder;
}

/** Tables and indexes as they are made now, and what is written into them. */
function schemaKey(count: number): string {
  const db = openConnection(':memory:', null);
  migrate(db);
  const schema = db.all('SELECT sql FROM sqlite_master ORDER BY name');
  db.close();
  const written = [...corpus(200)];
  return createHash('sha256')
    .update(JSON.stringify(['3', schema, written, count]))
    .digest('hex');
}

function fill(file: string, count: number): void {
  const engine = openEngine({ file, key: benchKey, rebuild: false, lastTold: null }, () => new Date());
  const db = engine.writer;
  // Whatever happens on the way, it is made again from the start.
  db.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -64000');
  const messages = corpus(count);
  for (let n = 0; n < count; n += batch) {
    db.transaction(() => {
      for (let i = n; i < n + batch; i++) addOne(db, i, messages);
    });
  }
  engine.close();
}

function addOne(db: Connection, n: number, messages: Generator<CorpusMessage>): void {
  const next = messages.next();
  if (next.done === true) return;
  const { peer, direction, nick, file: name, body, at } = next.value;
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
