import { describe, expect, it } from 'vitest';
import type { SharedFile } from '../../../src-shared/model/file';
import { indexMessage } from '../../../src-main/store/tables/search-index';
import {
  setBody,
  setRetracted,
  setTime,
  deleteMessage,
  type NewMessage,
} from '../../../src-main/store/tables/messages';
import { incoming, openTestStore } from '../../support/store-kit';
import { addRow, emptyDatabase, find, idsOf, marked } from './search-kit';
import { someQuery } from '../../support/search-query';

const noon = Date.UTC(2026, 0, 1, 12);

const one = (body: string, text: string, subject: string | null = null): readonly string[] => {
  const db = emptyDatabase();
  addRow(db, { body, subject });
  return find(db, { text }).hits.map(marked);
};

describe('what is typed finds what is written', () => {
  it.each([
    ['a beginning while typing', 'The meeting is tomorrow', 'mee', 'The [mee]ting is tomorrow'],
    ['every word may be a beginning', 'The meeting is tomorrow', 'tom meet', 'The [meet]ing is [tom]orrow'],
    ['whatever the case', 'STRASSE, Straße', 'straße', '[STRASSE], [Straße]'],
    ['without accents', 'Où est le café d’Émile?', 'cafe emile', 'Où est le [café] d’[Émile]?'],
    ['accents written apart', 'cafe\u0301 noir', 'café', '[cafe\u0301] noir'],
    ['part of a word with accents', 'réserve\u0301es', 'reserve', '[réserve\u0301]es'],
    ['an address as it stands', 'ask romeo@example.org now', 'romeo@example', 'ask [romeo@example].org now'],
    ['one Chinese character', '苏州这边也一样，已经改好了。', '州', '苏[州]这边也一样，已经改好了。'],
    ['Chinese as it stands', '苏州这边也一样，已经改好了。', '一样', '苏州这边也[一样]，已经改好了。'],
    ['Chinese among Latin', '新的iPhone手机', 'iphone手', '新的[iPhone手]机'],
    ['Japanese', '東京タワーに行きたい', 'タワー', '東京[タワー]に行きたい'],
    ['halfwidth kana', 'ﾊﾞｽで行く', 'バス', '[ﾊﾞｽ]で行く'],
    ['Korean', '내일 만나요', '만나', '내일 [만나]요'],
    ['Thai, with its vowels', 'วันนี้อากาศดี', 'อากาศ', 'วันนี้[อากาศ]ดี'],
    ['Hindi', 'मैं हिन्दी बोलता हूँ', 'हिन्दी', 'मैं [हिन्दी] बोलता हूँ'],
    ['Hebrew without points', 'שָׁלוֹם עולם', 'שלום', '[שָׁלוֹם] עולם'],
    ['Greek, whatever the last letter', 'ΟΔΥΣΣΕΥΣ', 'οδυσσευς', '[ΟΔΥΣΣΕΥΣ]'],
    ['fullwidth letters', 'ＡＢＣ公司', 'abc', '[ＡＢＣ]公司'],
    ['an emoji', 'well done 🎉 all', '🎉', 'well done [🎉] all'],
    ['characters beyond the first plane', '𠮷野家で', '𠮷野', '[𠮷野]家で'],
    [
      'in the subject of a notice',
      'See you',
      'mainten',
      '[Mainten]ance tonight See you',
      'Maintenance tonight',
    ],
  ] as const)('%s', (_, body, text, expected, subject: string | null = null) => {
    expect(one(body, text, subject)).toEqual([expected]);
  });

  it.each([
    ['characters in another order', '苏州', '州苏'],
    ['a Thai consonant with another vowel', 'ดู', 'ดี'],
    ['the middle of a word', 'tomorrow', 'morrow'],
    ['only one of two words', 'meeting', 'meeting tomorrow'],
    ['nothing but punctuation', 'really?!', '?!'],
    ['nothing', 'anything', '  '],
  ])('not %s', (_, body, text) => {
    expect(one(body, text)).toEqual([]);
  });

  it.each([
    '"',
    '"meeting',
    'meeting" OR "x',
    'meeting AND',
    'NOT meeting',
    'NEAR(meeting tomorrow)',
    'words:meeting',
    'meeting*',
    '^meeting',
    '-meeting',
    '(meeting',
    '{meeting}',
    'meeting + tomorrow',
    "meeting'; DROP TABLE messages; --",
    'meeting\0tomorrow',
    '\ud83d meeting',
    'meeting \udc00',
    '\ue000 \ue001',
    '\u{f0e31}',
    'meeting '.repeat(62),
    'a b c d e f g h i j k l m n o p q r s t u v w x y z '.repeat(9),
    '"'.repeat(500),
  ])('operators, quotes and broken characters mean nothing: %j', (text) => {
    const db = emptyDatabase();
    addRow(db, { body: 'The meeting is tomorrow' });
    expect(() => find(db, { text })).not.toThrow();
    expect(idsOf(db, { text: 'meeting' })).toHaveLength(1);
  });
});

describe('results', () => {
  it('come newest first by their time, in whatever order they were stored', () => {
    const db = emptyDatabase();
    const ids = [3, 1, 5, 2, 4].map((day) => addRow(db, { body: `word ${day}`, at: Date.UTC(2026, 0, day) }));
    expect(idsOf(db, { text: 'word' })).toEqual([ids[2], ids[4], ids[0], ids[3], ids[1]]);
  });

  it('are paged by the last hit, each once', () => {
    const db = emptyDatabase();
    for (let n = 0; n < 25; n++) addRow(db, { body: 'word', at: noon + 1000 * Math.floor(n / 3) });
    const seen: number[] = [];
    for (let after: number | null = null; ;) {
      const page = find(db, { text: 'word', limit: 7, after });
      seen.push(...page.hits.map(({ message }) => message.id));
      if (!page.more) break;
      after = seen.at(-1) ?? null;
    }
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => 25 - n));
  });

  it('go on after a hit that was retracted meanwhile', () => {
    const db = emptyDatabase();
    const ids = [1, 2, 3].map((n) => addRow(db, { body: 'word', at: noon + n * 1000 }));
    setRetracted(db, ids[1] ?? 0);
    expect(idsOf(db, { text: 'word', after: ids[1] ?? 0 })).toEqual([ids[0]]);
  });

  it('are filtered by conversation, sender, time and link', () => {
    const db = emptyDatabase();
    const link = addRow(db, { body: 'see https://example.org/page word', at: noon + 1000 });
    const own = addRow(db, {
      body: 'word at https://example.org/',
      at: noon + 2000,
      direction: 'out',
    });
    const other = addRow(db, { body: 'word', at: noon + 3500, peer: 'nurse@example.org' });
    const all = { text: 'word' };
    expect(idsOf(db, all)).toEqual([other, own, link]);
    expect(idsOf(db, { ...all, peer: 'nurse@example.org' })).toEqual([other]);
    expect(idsOf(db, { ...all, direction: 'out' })).toEqual([own]);
    expect(idsOf(db, { ...all, direction: 'in' })).toEqual([other, link]);
    expect(idsOf(db, { ...all, has: 'link' })).toEqual([own, link]);
    expect(idsOf(db, { ...all, from: noon + 2000, to: noon + 3500 })).toEqual([other, own]);
    expect(idsOf(db, { ...all, from: noon + 2001, to: noon + 3499 })).toEqual([]);
    expect(idsOf(db, { peer: 'romeo@example.org', direction: 'in' })).toEqual([link]);
  });

  it('have a file where the message shares one, whatever its text is, and until it is corrected', () => {
    const db = emptyDatabase();
    const file = (name: string | null, url: string): SharedFile => ({
      ...{ url, name, type: null, size: null, width: null, height: null, sha256: null },
    });
    const direct = addRow(db, { body: 'plan.pdf', at: noon, file: file('plan.pdf', '') });
    const described = addRow(db, {
      ...{ body: 'What we spoke of', at: noon + 1000 },
      file: file('plan.pdf', 'https://up.example.org/a'),
    });
    const bare = addRow(db, {
      ...{ body: 'aesgcm://up.example.org/a/%E4%B8%AD%E6%96%87%20plan#00', at: noon + 2000 },
      file: file(null, 'aesgcm://up.example.org/a/%E4%B8%AD%E6%96%87%20plan#00'),
    });
    addRow(db, { body: 'https://example.org/plan.html', at: noon + 3000 });
    expect(idsOf(db, { has: 'file' })).toEqual([bare, described, direct]);
    expect(idsOf(db, { text: 'plan', has: 'file' })).toEqual([bare, described, direct]);
    expect(find(db, { text: '文 pla' }).hits.map(marked)).toEqual(['中[文] [pla]n']);
    expect(find(db, { text: 'spoke' }).hits.map(marked)).toEqual(['plan.pdf What we [spoke] of']);
    db.run('UPDATE messages SET edited = 1 WHERE id = ?', bare);
    setBody(db, bare, 'taken back');
    expect(idsOf(db, { has: 'file' })).toEqual([described, direct]);
    expect(idsOf(db, { text: '中文' })).toEqual([]);
  });

  it('of a room are filtered by who spoke there, and say it', () => {
    const db = emptyDatabase();
    const peer = 'hall@rooms.example.org';
    const said = (nick: string, of: Partial<NewMessage> = {}): number =>
      addRow(db, { peer, nick, body: 'word', ...of });
    const maya = said('Maya 😀');
    said('maya 😀');
    said('Sven');
    const elsewhere = said('Maya 😀', { peer: 'lab@rooms.example.org' });
    const own = said('nora', { direction: 'out' });
    expect(idsOf(db, { text: 'word', peer, nick: 'Maya 😀' })).toEqual([maya]);
    expect(idsOf(db, { nick: 'Maya 😀' })).toEqual([elsewhere, maya]);
    expect(idsOf(db, { peer, nick: 'nora' })).toEqual([own]);
    expect(idsOf(db, { peer, nick: 'Maya' })).toEqual([]);
    expect(find(db, { peer, nick: 'Sven' }).hits).toMatchObject([{ message: { nick: 'Sven' } }]);
    expect(find(db, { peer: 'romeo@example.org', nick: 'Sven' }).hits).toEqual([]);
  });

  it('show the place where most of the words are, cut at spaces, on one line', () => {
    const filler = 'and so on '.repeat(40);
    expect(one(`alpha\n${filler}alpha\nbeta ${filler}`, 'alpha beta')[0]).toMatch(
      /^…(?:and |so |on )+\[alpha\] \[beta\] [^\n]+…$/,
    );
    const [long] = one(`${'🎉'.repeat(300)} word ${'🎉'.repeat(300)}`, 'word');
    expect(long).toMatch(/^…(?:🎉)+ \[word\] (?:🎉)+…$/u);
  });

  it('show the beginning of a text in which the place is too far in, and of the last of many long ones', () => {
    const db = emptyDatabase();
    for (const count of [9000, 9000, 9000, 10_000, 15_000]) {
      addRow(db, { body: `beginning ${'a '.repeat(count)}needle` });
    }
    const { hits } = find(db, { text: 'needle' });
    expect(hits).toHaveLength(5);
    const shown = hits.map(({ snippet }) => snippet.marks.length);
    expect(shown).toEqual([0, 0, 1, 0, 0]);
    expect(hits[0]?.snippet.text).toMatch(/^beginning a a .* a …$/);
  });

  it('show of a spoiler its hint alone, however it was found', () => {
    const db = emptyDatabase();
    addRow(db, { body: 'both die', spoiler: 'how it ends' });
    addRow(db, { body: 'they live', spoiler: '' });
    expect(find(db, { text: 'die' }).hits).toMatchObject([
      { message: { spoiler: 'how it ends' }, snippet: { text: 'how it ends' } },
    ]);
    expect(find(db, { text: 'live' }).hits).toMatchObject([
      { message: { spoiler: '' }, snippet: { text: '' } },
    ]);
  });

  it('find requests and ignored conversations too', async () => {
    const store = await openTestStore();
    await store.addMessage(incoming({ body: 'stranger word', standing: 'request' }));
    await store.addMessage(incoming({ body: 'silent word', peer: 'x@example.org' }));
    await store.setStanding('x@example.org', 'ignored');
    const { hits } = await store.search(someQuery({ text: 'word' }));
    expect(hits.map(({ message }) => message.peer)).toEqual(['x@example.org', 'romeo@example.org']);
  });

  it('know only the last text of a message, and none of one that is retracted or deleted', () => {
    const db = emptyDatabase();
    const id = addRow(db, { body: 'first', at: noon });
    const words = (): readonly boolean[] =>
      ['first', 'second'].map((text) => idsOf(db, { text }).includes(id));
    setBody(db, id, 'second');
    expect(words()).toEqual([false, true]);
    setTime(db, id, noon + 90_000);
    expect(idsOf(db, { text: 'second', from: noon + 90_000 })).toEqual([id]);
    expect(idsOf(db, { text: 'second', to: noon + 89_000 })).toEqual([]);
    setRetracted(db, id);
    expect(words()).toEqual([false, false]);
    const deleted = addRow(db, { body: 'first' });
    deleteMessage(db, deleted);
    expect(db.all('SELECT rowid FROM search')).toEqual([]);
  });

  it('are not disturbed by times that no clock has', () => {
    const db = emptyDatabase();
    const ids = [-5e12, 0, 5e12].map((at) => addRow(db, { body: 'word', at }));
    expect(idsOf(db, { text: 'word' })).toEqual([...ids].reverse());
    indexMessage(db, 999_999);
    expect(db.all('SELECT rowid FROM search')).toHaveLength(3);
  });
});
