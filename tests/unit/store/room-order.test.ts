import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServerMessage } from '../../../src-main/store/store';
import { incoming } from '../../support/store-kit';
import { testEngine, type TestEngine } from './archive-model';

const room = 'verona@rooms.example.org';
const base = 1_700_000_000_000;
const idOf = (name: string) => `a-long-and-random-id-${name}`;
/** What the room gives, which has no archive. */
const said = (name: string, at: number, rest: Partial<ServerMessage> = {}) =>
  incoming({
    ...{ peer: room, nick: 'Romeo', body: name, at, source: 'live' },
    ...{ messageId: idOf(name), originId: idOf(name) },
    ...rest,
  });
const echo = (name: string, at: number) => said(name, at, { direction: 'out', nick: 'Juliet' });
const write = (store: TestEngine, name: string, at: number) =>
  store.call('addOutgoing', { peer: room, body: name, originId: idOf(name), at, nick: 'Juliet' });
const rows = (store: TestEngine) => store.call('page', room, null, 200).messages;
const bodies = (store: TestEngine) => rows(store).map(({ body }) => body);

describe('in a room that has no archive', () => {
  it('R9 what we write stands at the end until the room has said it, and then where that was', () => {
    const store = testEngine();
    store.call('addMessage', said('1', base));
    const own = write(store, 'ours', base + 10).message;
    write(store, 'ours too', base + 20);
    store.call('addMessage', said('2', base + 30));
    expect(bodies(store)).toEqual(['1', 'ours', 'ours too', '2']);
    const moved = store.call('addMessage', echo('ours', base + 40));
    expect(moved).toMatchObject({ moved: true, fresh: false, message: { id: own.id, at: base + 40 } });
    expect(moved.chat.last).toMatchObject({ text: 'ours too', delivery: 'waiting' });
    expect(bodies(store)).toEqual(['1', '2', 'ours', 'ours too']);
    expect(store.call('heardUpTo', room)).toBe(base + 40);
    // Nobody was before it: it stands there already.
    expect(store.call('addMessage', echo('ours too', base + 50))).not.toHaveProperty('moved');
    // Told again, it is known.
    expect(store.call('addMessage', echo('ours', base + 60))).not.toHaveProperty('moved');
    expect(bodies(store)).toEqual(['1', '2', 'ours', 'ours too']);
  });

  it('R9 what came after the last row that was read stays unread, though that row moves behind it', () => {
    const store = testEngine();
    store.call('addMessage', said('1', base));
    write(store, 'ours', base + 10);
    store.call('markRead', room, null);
    store.call('addMessage', said('2', base + 20));
    expect(store.call('addMessage', echo('ours', base + 30)).chat.unread).toBe(1);
    expect(store.call('markRead', room, null)?.unread).toBe(0);
  });

  it('R9 what was missed stands behind what is told again before it, whatever clock it has, and above what is live', () => {
    const store = testEngine();
    store.call('addMessage', said('1', base));
    write(store, 'ours', base + 10);
    // We come in again while somebody speaks.
    store.call('addMessage', said('4', base + 20));
    for (const name of ['1', '2', 'ours', '3'])
      store.call(
        'addMessage',
        said(name, base - 90_000, { source: 'offline', nick: name === 'ours' ? 'Juliet' : 'Romeo' }),
      );
    expect(bodies(store)).toEqual(['1', '2', 'ours', '3', '4']);
    expect(store.call('outbox')).toEqual([]);
  });

  it('R9 of two that are told again the other way round the lower one is what the rest stands behind', () => {
    const store = testEngine();
    for (const [n, name] of ['1', '2', '3'].entries()) store.call('addMessage', said(name, base + n));
    for (const name of ['1', '3', '2', '4', '5'])
      store.call('addMessage', said(name, base, { source: 'offline' }));
    expect(bodies(store)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('R9 all stands in the order in which the room has said it, whatever was missed and told again', () => {
    const act = fc.constantFrom(
      'write',
      'theirs',
      'theirs',
      'echo',
      'echo lost',
      'lost',
      'join',
      'join amid talk',
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), fc.integer({ min: -3000, max: 3000 }), (acts, skew) => {
        const store = testEngine();
        const log: { readonly name: string; readonly ours: boolean; readonly at: number }[] = [];
        const waiting: string[] = [];
        let [now, heard, inside] = [base, 0, true];
        const sayOurs = () => {
          const name = waiting.shift();
          if (name !== undefined) log.push({ name, ours: true, at: now + skew });
        };
        const hear = () => {
          for (const { name, ours } of log.slice(heard))
            store.call('addMessage', ours ? echo(name, now) : said(name, now));
          heard = log.length;
        };
        const join = (liveFirst: boolean) => {
          // Somebody speaks while we come in: Openfire gives that before what was said before it.
          const early = liveFirst
            ? { name: `early ${String(log.length)}`, ours: false, at: now + skew }
            : null;
          if (early) store.call('addMessage', said(early.name, now));
          // Whose it is the room need not tell; the last ones that are known come again.
          for (const { name, ours, at } of log.slice(Math.max(0, heard - 2)))
            store.call('addMessage', said(name, at, { source: 'offline', nick: ours ? 'Juliet' : 'Romeo' }));
          if (early) log.push(early);
          [heard, inside] = [log.length, true];
        };
        const check = () => {
          const shown = rows(store).filter(({ delivery }) => delivery !== 'waiting');
          expect(shown.map(({ body }) => body)).toEqual(log.slice(0, heard).map(({ name }) => name));
        };
        acts.forEach((what, n) => {
          now += 7;
          if (what === 'write') {
            write(store, `ours ${n}`, now);
            waiting.push(`ours ${n}`);
          } else if (what === 'theirs') log.push({ name: `theirs ${n}`, ours: false, at: now + skew });
          else if (what === 'echo' && inside) sayOurs();
          else if (what === 'echo lost' && inside) {
            sayOurs();
            inside = false;
          } else if (what === 'lost') inside = false;
          else if (what.startsWith('join') && !inside) join(what === 'join amid talk' && heard > 0);
          if (inside) hear();
          check();
        });
        if (!inside) join(false);
        while (waiting.length > 0) sayOurs();
        hear();
        check();
        expect(store.call('outbox')).toEqual([]);
        store.engine.close();
      }),
      { numRuns: 60 },
    );
  });
});

describe('what a room has sent back and we have sent again', () => {
  const sentBack = (store: TestEngine) => {
    const { id } = write(store, 'ours', base).message;
    store.call('markWritten', id, null);
    store.call('markFailed', room, idOf('ours'), { condition: 'not-acceptable', text: null });
    store.call('requeue', id);
    store.call('markWritten', id, null);
  };

  it('R3 R8 is said when the room says it: it does not go a second time', () => {
    const store = testEngine();
    sentBack(store);
    expect(store.call('addMessage', echo('ours', base + 10)).message.delivery).toBe('sent');
    expect(store.call('outbox')).toEqual([]);
  });

  it('R3 R8 is said when the room’s archive has it, which keeps nothing that was sent back', () => {
    const store = testEngine();
    sentBack(store);
    const copy = { ...echo('ours', base + 10), source: 'archive', stanzaId: 's1' } as const;
    store.call('addPage', {
      ...{ with: room, places: [{ id: 's1', at: base + 10 }], messages: [copy], amendments: [] },
      ...{ after: null, before: null, whole: false, lost: false },
    });
    expect(store.call('outbox')).toEqual([]);
  });
});
