import { describe, expect, it } from 'vitest';
import type { Amendment, ArchivePage, ServerMessage } from '../../../src-main/store/store';
import { incoming } from '../../support/store-kit';
import { testEngine, type TestEngine } from './archive-model';

const peer = 'romeo@example.org';
const nurse = 'nurse@example.org';
const base = 1_700_000_000_000;
const place = (n: number) => ({ id: `s${n}`, at: base + n * 1000 });
const message = (n: number, rest: Partial<ServerMessage> = {}) =>
  incoming({
    ...{ body: `${n}`, at: place(n).at, stanzaId: `s${n}`, messageId: `a-long-and-random-id-${n}` },
    ...{ source: 'archive' },
    ...rest,
  });
/** A page of the messages from one number to another. */
const page = (from: number, to: number, rest: Partial<ArchivePage> = {}): ArchivePage => {
  const numbers = Array.from({ length: to - from + 1 }, (_, n) => from + n);
  return {
    ...{ with: null, places: numbers.map(place), messages: numbers.map((n) => message(n)), amendments: [] },
    ...{ after: null, before: null, whole: false, lost: false },
    ...rest,
  };
};
const rows = (store: TestEngine, limit = 50) => store.call('page', peer, null, limit);
const bodies = (store: TestEngine) => rows(store).messages.map(({ body }) => body);
const ranges = (store: TestEngine, withPeer: string | null = null) =>
  store.call('ranges', withPeer).map(({ first, last, whole, lost }) => ({
    ...{ from: first.id, to: last.id },
    ...(whole ? { whole } : {}),
    ...(lost ? { lost } : {}),
  }));

describe('ranges of an archive', () => {
  it('grow by the page that follows, and by the one before', () => {
    const store = testEngine();
    expect(store.call('addPage', page(10, 12)).range).toMatchObject({ first: place(10), last: place(12) });
    store.call('addPage', page(13, 14, { after: 's12' }));
    store.call('addPage', page(7, 9, { before: 's10' }));
    expect(ranges(store)).toEqual([{ from: 's7', to: 's14' }]);
  });

  it('grow together where a page closes the hole, by its edges or by what is in it', () => {
    const store = testEngine();
    store.call('addPage', page(1, 2));
    store.call('addPage', page(5, 6));
    store.call('addPage', page(9, 10));
    expect(ranges(store)).toHaveLength(3);
    store.call('addPage', page(3, 4, { after: 's2', before: 's5' }));
    store.call('addPage', page(6, 9));
    expect(ranges(store)).toEqual([{ from: 's1', to: 's10' }]);
    expect(bodies(store)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
  });

  it('are never moved by a live message, a carbon or one that waited at the server', () => {
    const store = testEngine();
    store.call('addPage', page(1, 2));
    for (const [n, source] of (['live', 'carbon', 'offline'] as const).entries()) {
      store.call('addMessage', message(10 + n, { source }));
    }
    expect(ranges(store)).toEqual([{ from: 's1', to: 's2' }]);
  });

  it('take entries that are no messages for what they are', () => {
    const store = testEngine();
    store.call('addPage', page(1, 3, { messages: [message(2)] }));
    store.call('addPage', { ...page(4, 6), messages: [], after: 's3' });
    expect(ranges(store)).toEqual([{ from: 's1', to: 's6' }]);
    expect(bodies(store)).toEqual(['2']);
  });

  it('learn from an empty page that nothing older is there, or that two of them touch', () => {
    const store = testEngine();
    expect(store.call('addPage', page(1, 0)).range).toBeNull();
    store.call('addPage', page(1, 2));
    store.call('addPage', page(3, 4));
    store.call('addPage', { ...page(1, 0), after: 's2', before: 's3' });
    expect(ranges(store)).toEqual([{ from: 's1', to: 's4' }]);
    store.call('addPage', { ...page(1, 0), before: 's1', whole: true });
    expect(ranges(store)).toEqual([{ from: 's1', to: 's4', whole: true }]);
  });

  it('are joined only where both edges are as said', () => {
    const store = testEngine();
    store.call('addPage', page(1, 2));
    store.call('addPage', page(3, 4));
    store.call('joinRanges', null, 's1', 's3');
    store.call('joinRanges', peer, 's2', 's3');
    expect(ranges(store)).toHaveLength(2);
    store.call('joinRanges', null, 's2', 's3');
    expect(ranges(store)).toEqual([{ from: 's1', to: 's4' }]);
  });

  it('of one conversation are its own', () => {
    const store = testEngine();
    store.call('addPage', page(1, 2, { with: peer }));
    store.call('addPage', page(3, 4, { after: 's2' }));
    expect(ranges(store, peer)).toEqual([{ from: 's1', to: 's2' }]);
    expect(ranges(store)).toEqual([{ from: 's3', to: 's4' }]);
    expect(ranges(store, nurse)).toEqual([]);
  });
});

describe('gaps of a conversation', () => {
  const gaps = (store: TestEngine) =>
    rows(store).gaps.map(({ before, ...rest }) => ({ body: store.call('message', before)?.body, ...rest }));

  it('R10 lie before the oldest row of a range that nothing reaches across, until they are closed', () => {
    const store = testEngine();
    store.call('addPage', page(1, 2, { whole: true }));
    store.call('addPage', page(7, 8));
    expect(gaps(store)).toEqual([{ body: '7', left: place(2), right: place(7), lost: false }]);
    store.call('addPage', page(5, 6, { before: 's7' }));
    expect(gaps(store)).toEqual([{ body: '5', left: place(2), right: place(5), lost: false }]);
    store.call('addPage', page(3, 4, { after: 's2', before: 's5' }));
    expect(gaps(store)).toEqual([]);
    expect(rows(store).whole).toBe(true);
  });

  it('R10 that cannot be closed are marked as lost', () => {
    const store = testEngine();
    store.call('addPage', page(1, 2));
    store.call('addPage', page(7, 8, { lost: true }));
    expect(gaps(store)).toEqual([{ body: '7', left: place(2), right: place(7), lost: true }]);
    // What follows it changes nothing of that.
    store.call('addPage', page(9, 9, { after: 's8' }));
    expect(ranges(store)).toEqual([
      { from: 's1', to: 's2' },
      { from: 's7', to: 's9', lost: true },
    ]);
  });

  it('are closed by a range of that conversation alone, and stay in others', () => {
    const store = testEngine();
    const both = (from: number, to: number) => {
      const all = page(from, to);
      const hers = { stanzaId: `s${from}`, peer: nurse, messageId: `another-long-id-${from}` };
      return { ...all, messages: all.messages.map((one, n) => (n === 0 ? { ...one, ...hers } : one)) };
    };
    store.call('addPage', both(1, 3));
    store.call('addPage', both(7, 9));
    store.call('addPage', page(3, 8, { with: peer }));
    expect(gaps(store)).toEqual([]);
    expect(store.call('page', nurse, null, 50).gaps).toHaveLength(1);
  });

  it('are none before what came live, nor before the top, which is whole or not', () => {
    const store = testEngine();
    store.call('addPage', page(3, 4));
    store.call('addMessage', message(20, { source: 'live' }));
    expect(rows(store)).toMatchObject({ gaps: [], whole: false });
    store.call('addPage', page(1, 2, { before: 's3', whole: true }));
    expect(rows(store)).toMatchObject({ gaps: [], whole: true });
  });
});

describe('a page of the archive', () => {
  it('R3 finds messages of ours that wait: they are at the server', () => {
    const store = testEngine();
    const own = { peer, body: 'Ay me', originId: 'an-origin-id-of-ours', at: base };
    const waiting = store.call('addOutgoing', own).message;
    const lost = store.call('addOutgoing', { ...own, originId: 'another-origin-id' }).message;
    const copy = message(1, { direction: 'out', body: 'Ay me', originId: own.originId });
    const { fresh } = store.call('addPage', page(1, 1, { messages: [copy] }));
    expect(fresh).toMatchObject([{ id: waiting.id, delivery: 'sent', at: place(1).at }]);
    expect(store.call('outbox')).toMatchObject([{ id: lost.id }]);
  });

  it('does not bring back what was deleted', () => {
    const store = testEngine();
    store.call('addPage', page(1, 4));
    store.call('deleteHistory', peer, null, 100);
    store.call('addPage', page(1, 6));
    expect(bodies(store)).toEqual(['5', '6']);
  });

  it('R8 does not bring back single messages that were deleted here, wherever they stood in it', () => {
    const store = testEngine();
    store.call('addPage', page(1, 5));
    const idOf = (body: string) =>
      store.engine.writer.one<{ id: number }>('SELECT id FROM messages WHERE body = ?', body)?.id ?? 0;
    // The ends of the range and one within.
    const ids = ['1', '3', '5'].map(idOf);
    expect(store.call('deleteRows', peer, ids).gone).toEqual(ids);
    // The same again answers the same (R27).
    expect(store.call('deleteRows', peer, ids).gone).toEqual(ids);
    expect(bodies(store)).toEqual(['2', '4']);
    // Read once more, and on: no hole is seen where one was deleted.
    store.call('addPage', page(1, 7, { whole: true }));
    expect(bodies(store)).toEqual(['2', '4', '6', '7']);
    expect(rows(store)).toMatchObject({ gaps: [], whole: true });
    expect(store.call('chat', peer)).toMatchObject({ last: { text: '7' } });
  });

  it('does not bring back one of ours that was deleted before the archive was read', () => {
    const store = testEngine();
    const own = { peer, body: 'Ay me', originId: 'an-origin-id-of-ours', at: base };
    const { id } = store.call('addOutgoing', own).message;
    // What waits to be sent stays.
    expect(store.call('deleteRows', peer, [id]).gone).toEqual([]);
    store.call('markSent', id);
    expect(store.call('deleteRows', peer, [id]).gone).toEqual([id]);
    const copy = message(1, { direction: 'out', body: 'Ay me', originId: own.originId });
    expect(store.call('addPage', page(1, 1, { messages: [copy] })).fresh).toEqual([]);
    expect(bodies(store)).toEqual([]);
  });

  it('R9 never moves what stands in its order, whatever our clock says', () => {
    const store = testEngine();
    const ahead = { source: 'live', at: base + 86_400_000 } as const;
    store.call('addMessage', message(1, ahead));
    store.call('addMessage', message(3, ahead));
    const sorts = () => store.engine.writer.all('SELECT sort FROM messages WHERE body IN (1, 3) ORDER BY id');
    const before = sorts();
    store.call('addPage', page(0, 4));
    expect(bodies(store)).toEqual(['0', '1', '2', '3', '4']);
    expect(sorts()).toEqual(before);
  });

  it('R9 puts two ranges in order that turn out to touch, though each stood right by itself', () => {
    const store = testEngine();
    for (const n of [3, 4, 1, 2]) store.call('addMessage', message(n, { source: 'live' }));
    // What came late has a later place.
    const live = base + 60_000;
    for (const n of [7, 8, 5, 6]) store.call('addMessage', message(n, { source: 'live', at: live }));
    store.call('addPage', page(1, 2));
    store.call('addPage', page(3, 6));
    store.call('addPage', page(7, 8));
    store.call('joinRanges', null, 's2', 's3');
    store.call('joinRanges', null, 's6', 's7');
    expect(bodies(store)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
    expect(ranges(store)).toEqual([{ from: 's1', to: 's8' }]);
  });

  it('R9 what came live and is not in the page, for it is stored late, is not overtaken by what came after it', () => {
    const store = testEngine();
    store.call('addPage', page(1, 2));
    const waiting = ['a', 'b'].map((body, n) => {
      const outgoing = { peer, body, originId: `o${body}`, at: place(3).at + n };
      return store.call('addOutgoing', outgoing).message;
    });
    for (const n of [4, 5]) store.call('addMessage', message(n, { source: 'live', at: place(9).at + n }));
    expect(bodies(store)).toEqual(['1', '2', 'a', 'b', '4', '5']);
    const own = (n: number, body: string) =>
      message(n, { direction: 'out', body, originId: `o${body}`, messageId: `o${body}` });
    for (const { id } of waiting) store.call('markWritten', id, null);
    const first = [own(3, 'a'), message(5), own(6, 'b')];
    store.call('addPage', { ...page(1, 3, { after: 's2' }), places: [3, 5, 6].map(place), messages: first });
    expect(bodies(store)).toEqual(['1', '2', 'a', '4', '5', 'b']);
    // And is at its own place once the archive has it.
    const late = [own(3, 'a'), message(4), message(5), own(6, 'b')];
    store.call('addPage', { ...page(3, 6, { late: true }), messages: late });
    expect(bodies(store)).toEqual(['1', '2', 'a', '4', '5', 'b']);
  });

  it('R9 what came live after what was said later goes to its place once the archive has it', () => {
    const store = testEngine();
    store.call('addPage', page(1, 2));
    for (const n of [4, 3]) store.call('addMessage', message(n, { source: 'live', at: place(9).at }));
    store.call('addPage', page(4, 4, { after: 's2' }));
    expect(bodies(store)).toEqual(['1', '2', '4', '3']);
    store.call('addPage', page(1, 4, { late: true }));
    expect(bodies(store)).toEqual(['1', '2', '3', '4']);
  });

  it('write nothing where a late page has only what is known', () => {
    const store = testEngine();
    const changes = () => store.engine.writer.one('SELECT total_changes() AS n');
    store.call('addPage', page(1, 4));
    const before = changes();
    store.call('addPage', page(2, 4, { late: true }));
    expect(changes()).toEqual(before);
  });

  it('R9 moves only what stands wrong', () => {
    const store = testEngine();
    for (const n of [2, 1, 3]) store.call('addMessage', message(n, { source: 'live' }));
    expect(bodies(store)).toEqual(['2', '1', '3']);
    store.call('addPage', page(1, 3));
    expect(bodies(store)).toEqual(['1', '2', '3']);
  });
});

describe('corrections and retractions', () => {
  const said = (kind: Amendment['kind'], body: string | null, rest: Partial<Amendment> = {}): Amendment => ({
    ...{ peer, direction: 'in', kind, target: 'a-long-and-random-id-1', body, at: place(5).at },
    ...{ messageId: `amendment-${body}`, stanzaId: null },
    ...rest,
  });

  it('T4 keep what the message said before, and the newest one wins', () => {
    const store = testEngine();
    const { id } = store.call('addMessage', message(1)).message;
    expect(store.call('amend', said('correct', 'second', { at: place(7).at }))).toMatchObject({
      message: { id, body: 'second', edited: true },
      chat: { last: { text: 'second' } },
    });
    expect(store.call('amend', said('correct', 'first'))).toBeNull();
    expect(store.call('versions', id).map(({ body }) => body)).toEqual(['1', 'first']);
    expect(store.call('message', id)).toMatchObject({ body: 'second' });
  });

  it('T4 T5 count only from the author: same conversation, same direction', () => {
    const store = testEngine();
    const { message: before } = store.call('addMessage', message(1));
    for (const forged of [{ peer: nurse }, { direction: 'out' }] as const) {
      expect(store.call('amend', said('correct', 'forged', forged))).toBeNull();
      expect(store.call('amend', said('retract', null, forged))).toBeNull();
    }
    expect(store.call('message', before.id)).toEqual(before);
  });

  it('T5 take the text away for good, and what comes later changes nothing', () => {
    const store = testEngine();
    const { id } = store.call('addMessage', message(1)).message;
    store.call('amend', said('correct', 'better'));
    expect(store.call('amend', said('retract', null))).toMatchObject({
      message: { body: '', retracted: true },
    });
    expect(store.call('amend', said('correct', 'again', { at: place(9).at }))).toBeNull();
    store.call('addPage', page(1, 1));
    expect(store.call('message', id)).toMatchObject({ body: '', retracted: true, edited: false });
    expect(store.call('versions', id)).toEqual([]);
    const texts = store.engine.writer.all('SELECT body FROM amendments UNION ALL SELECT body FROM versions');
    expect(JSON.stringify(texts)).not.toMatch(/better|again/);
  });

  it('wait for a message that is read later', () => {
    const store = testEngine();
    expect(store.call('amend', said('correct', 'better'))).toBeNull();
    store.call('addPage', page(1, 2));
    expect(bodies(store)).toEqual(['better', '2']);
  });

  it('mean the message of their time where an old client counts its ids from one again', () => {
    const store = testEngine();
    const short = (n: number, day: number) =>
      message(n, { messageId: '3', stanzaId: `day${day}`, at: base + day * 86_400_000 });
    store.call('addMessage', short(1, 0));
    store.call('addMessage', short(2, 5));
    store.call('amend', said('correct', 'better', { target: '3', at: base + 60_000 }));
    expect(bodies(store)).toEqual(['better', '2']);
  });
});

describe('a message that the archive has twice', () => {
  const own = (n: number, body: string) =>
    message(n, { direction: 'out', originId: 'o1', body, messageId: 'o1' });

  it('R8 R9 is one row, at the place of its first copy', () => {
    const store = testEngine();
    const numbers = [1, 2, 3];
    const messages = [own(1, 'mine'), message(2), own(3, 'mine')];
    const both = { ...page(1, 3), places: numbers.map(place), messages };
    store.call('addPage', both);
    store.call('addPage', both);
    expect(bodies(store)).toEqual(['mine', '2']);
    expect(rows(store).messages[0]?.at).toBe(place(1).at);
  });

  it('R3 R20 of one that failed the first copy proves nothing, and the second that it went', () => {
    const store = testEngine();
    const { message: mine } = store.call('addOutgoing', { peer, body: 'mine', originId: 'o1', at: base });
    store.call('markWritten', mine.id, null);
    store.call('markFailed', peer, 'o1', { condition: 'not-acceptable', text: null });
    store.call('requeue', mine.id);
    store.call('addPage', { ...page(1, 1), messages: [own(1, 'mine')] });
    expect(rows(store).messages[0]?.delivery).toBe('waiting');
    store.call('addPage', { ...page(2, 2), messages: [own(2, 'mine')], after: 's1' });
    expect(rows(store).messages.map(({ delivery }) => delivery)).toEqual(['sent']);
  });
});
