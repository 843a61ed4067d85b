import { createPinia, setActivePinia } from 'pinia';
import { nextTick } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFormats } from '../../../src-renderer/stores/formats';
import { useSearch } from '../../../src-renderer/stores/search';
import { dateRange, isSearchable, localDay } from '../../../src-renderer/stores/search-filters';
import { tokens } from '../../../src-main/store/text/tokens';
import { closeStream } from '../../../src-renderer/stores/stream';
import { isDeed, shownSnippet } from '../../../src-renderer/text/shown-snippet';
import { snippetParts } from '../../../src-renderer/text/SnippetText';
import { createTranslator } from '../../../src-shared/i18n';
import type { SearchHit } from '../../../src-shared/model/history';
import { accountId, fakeMain, later, type FakeMain } from './fake-main';

const hit = (id: number): SearchHit => ({
  message: { id, peer: 'romeo@example.org', direction: 'in', at: id },
  snippet: { text: 'a hit', marks: [[2, 5]] },
});

describe('searching in messages', () => {
  let main: FakeMain;
  let search: ReturnType<typeof useSearch>;
  beforeEach(() => {
    vi.useFakeTimers();
    setActivePinia(createPinia());
    main = fakeMain();
    search = useSearch();
    search.open(accountId);
    found([hit(9), hit(8)], true);
  });
  afterEach(() => {
    closeStream();
    vi.useRealTimers();
  });
  const found = (hits: readonly SearchHit[], more: boolean): void =>
    main.snapshot('history.search', 1, { hits, more });
  const type = async (text: string): Promise<void> => {
    search.query = text;
    await nextTick();
    await vi.advanceTimersByTimeAsync(60);
  };
  const asked = (): readonly Record<string, unknown>[] =>
    main.calls.filter(({ name }) => name === 'history.search').map(({ args }) => args);

  it('begins with two characters, or with one of a script without spaces', () => {
    const single = Array.from('苏あア한ㄅกກខကཀ');
    expect(['a', 'ab', '。', '👍', ...single].filter(isSearchable)).toEqual(['ab', ...single]);
    // As the store does it.
    expect(tokens(single.join('')).map(({ single: one }) => one)).toEqual(single.map(() => true));
  });

  it('asks once for what is typed without a pause, and shows what comes', async () => {
    for (const text of ['h', 'ha', 'hal', 'hall']) {
      search.query = text;
      await nextTick();
      await vi.advanceTimersByTimeAsync(20);
    }
    await vi.advanceTimersByTimeAsync(60);
    expect(asked().map(({ text }) => text)).toEqual(['hall']);
    expect(search.hits.map(({ message }) => message.id)).toEqual([9, 8]);
    expect(search.state).toBe('ready');
  });

  it('stays in the conversation of a window that has but one', async () => {
    setActivePinia(createPinia());
    vi.stubGlobal('location', { hash: `#account=${accountId}&peer=romeo%40example.org` });
    search = useSearch();
    vi.unstubAllGlobals();
    main = fakeMain();
    found([], false);
    search.open(accountId);
    search.change({ sender: { is: 'them' } });
    search.clear();
    expect(search.filtered).toBe(false);
    await type('hall');
    expect(asked().map(({ peer, direction }) => [peer, direction])).toEqual([['romeo@example.org', null]]);
  });

  it('drops an answer that was overtaken', async () => {
    const slow = later<unknown>();
    main.answer('history.search', ({ text }) =>
      text === 'ha'
        ? slow.promise
        : { ok: true, value: { change: 1, value: { hits: [hit(1)], more: false } } },
    );
    await type('ha');
    await type('hall');
    slow.resolve({ ok: true, value: { change: 1, value: { hits: [hit(7)], more: true } } });
    await vi.advanceTimersByTimeAsync(10);
    expect(search.hits.map(({ message }) => message.id)).toEqual([1]);
    expect(search.more).toBe(false);
  });

  it('goes on after the last hit, once at a time', async () => {
    await type('hall');
    found([hit(3)], false);
    await Promise.all([search.loadMore(), search.loadMore()]);
    expect(asked()).toHaveLength(2);
    expect(asked().at(-1)).toMatchObject({ after: 8 });
    expect(search.hits).toHaveLength(3);
    await search.loadMore();
    expect(asked()).toHaveLength(2);
  });

  it('asks again with each filter, and forgets them with the text', async () => {
    await type('hall');
    search.change({
      ...{ peer: 'romeo@example.org', sender: { is: 'them' } },
      ...{ has: 'link', date: { is: 'today' } },
    });
    await nextTick();
    await vi.advanceTimersByTimeAsync(60);
    expect(asked().at(-1)).toMatchObject({
      peer: 'romeo@example.org',
      direction: 'in',
      has: 'link',
      to: null,
    });
    expect(search.filtered).toBe(true);
    search.clear();
    await nextTick();
    await vi.advanceTimersByTimeAsync(60);
    expect([search.filtered, search.state, search.hits]).toEqual([false, 'idle', []]);
  });

  it('asks for one speaker of a room or for one person, until another chat is looked in', async () => {
    const askedNow = async (): Promise<Record<string, unknown> | undefined> => {
      await nextTick();
      await vi.advanceTimersByTimeAsync(60);
      return asked().at(-1);
    };
    await type('hall');
    search.change({ peer: 'hall@rooms.example.org', sender: { is: 'nick', nick: 'Maya' } });
    const room = { peer: 'hall@rooms.example.org', direction: null };
    expect(await askedNow()).toMatchObject({ ...room, nick: 'Maya' });
    search.change({ peer: null });
    expect([search.filtered, await askedNow()]).toMatchObject([false, { peer: null, nick: null }]);
    search.change({ sender: { is: 'person', jid: 'romeo@example.org' } });
    expect(await askedNow()).toMatchObject({ peer: 'romeo@example.org', direction: 'in', nick: null });
    search.change({ sender: { is: 'me' } });
    search.change({ peer: 'romeo@example.org' });
    expect(await askedNow()).toMatchObject({ peer: 'romeo@example.org', direction: 'out' });
  });

  it('says what went wrong, and tries again when asked', async () => {
    main.answer('history.search', () => ({ ok: false, error: { code: 'store-unavailable' } }));
    await type('hall');
    expect([search.state, search.error?.code]).toEqual(['error', 'store-unavailable']);
    found([hit(9)], false);
    await search.again();
    expect([search.state, search.error]).toEqual(['ready', null]);
  });
});

describe('the time of a filter', () => {
  const now = new Date(2026, 10, 25, 15, 30).getTime();
  const day = (year: number, month: number, date: number): number =>
    new Date(year, month - 1, date).getTime();

  it('is counted in local days', () => {
    expect(dateRange({ is: 'any' }, now)).toEqual({ from: null, to: null });
    expect(dateRange({ is: 'today' }, now).from).toBe(day(2026, 11, 25));
    expect(dateRange({ is: 'week' }, now).from).toBe(day(2026, 11, 19));
    expect(dateRange({ is: 'month' }, now).from).toBe(day(2026, 10, 25));
    expect(dateRange({ is: 'year' }, now).from).toBe(day(2025, 11, 25));
  });

  it('is called by its own day west of Greenwich too', () => {
    vi.stubEnv('TZ', 'America/New_York');
    const chosen = localDay('2026-11-25');
    expect(chosen && createFormats('en').date(chosen.getTime())).toBe('25 Nov 2026');
    expect(localDay('tomorrow')).toBeNull();
    vi.unstubAllEnvs();
  });

  it('ends with the end of its last day, and may be open at either side', () => {
    expect(dateRange({ is: 'range', from: '2026-11-01', to: '2026-11-30' }, now)).toEqual({
      from: day(2026, 11, 1),
      to: day(2026, 12, 1) - 1,
    });
    expect(dateRange({ is: 'range', from: '', to: '2026-02-28' }, now)).toEqual({
      from: null,
      to: day(2026, 3, 1) - 1,
    });
  });
});

describe('the words round a hit', () => {
  it('of a spoiler show that it is one, and its hint', () => {
    const t = createTranslator('en');
    const one = hit(1);
    expect(shownSnippet(t, one, 'Romeo')).toEqual(one.snippet);
    const covered = (spoiler: string) =>
      shownSnippet(t, { ...one, message: { ...one.message, spoiler } }, 'Romeo').text;
    expect(covered('')).toBe('Spoiler');
    expect(covered('the end')).toContain('the end');
  });

  it('of a deed name who does it, with the marks where the words are now', () => {
    const shown = (locale: 'en' | 'ar', who: string) => {
      const snippet = { text: '/me climbs down', marks: [[1, 3] as const, [4, 10] as const] };
      const { text, marks } = shownSnippet(createTranslator(locale), { ...hit(1), snippet }, who);
      return [text, marks.map(([from, to]) => text.slice(from, to))];
    };
    expect(shown('en', 'Romeo')).toEqual(['* Romeo climbs down', ['climbs']]);
    expect(shown('ar', 'رامي')[1]).toEqual(['climbs']);
    expect(isDeed({ ...hit(1), snippet: { text: '/me waves', marks: [] } })).toBe(true);
    expect(isDeed({ ...hit(1), snippet: { text: '/means', marks: [] } })).toBe(false);
  });

  it('begin close to it, so that two short lines show it behind a long address', () => {
    const t = createTranslator('en');
    const shown = (text: string, ...marks: readonly (readonly [number, number])[]) => {
      const { text: words, marks: places } = shownSnippet(
        t,
        { ...hit(1), snippet: { text, marks } },
        'Romeo',
      );
      return [words, places.map(([from, to]) => words.slice(from, to))];
    };
    const long = 'Ingrid has drawn where they are now: https://files.northgate.example/hall-b, hall 7';
    expect(shown(long, [69, 73], [77, 81])).toEqual([
      '…\u2060files.northgate.example/hall-b, hall 7',
      ['hall', 'hall'],
    ]);
    expect(shown('In hall B', [3, 7])).toEqual(['In hall B', ['hall']]);
    expect(shown(`${'😀'.repeat(30)} hall`, [61, 65])[0]).toMatch(/^…\u2060(?:😀)+ hall$/u);
  });

  it('T13 are text and marks, whatever the marks are', () => {
    const text = 'die <b>Halle</b> B';
    expect(snippetParts({ text, marks: [[7, 12]] })).toEqual([
      { text: 'die <b>', marked: false },
      { text: 'Halle', marked: true },
      { text: '</b> B', marked: false },
    ]);
    const joined = snippetParts({
      text,
      marks: [
        [9, 99],
        [0, 3],
        [2, 5],
        [4, 1],
      ],
    });
    expect(joined.map((part) => part.text).join('')).toBe(text);
  });
});
