import { describe, expect, it } from 'vitest';
import { mergeBookmarks } from '../../../src-main/session/rooms/read-bookmarks';
import { privateSet, parseStorage, storageIn } from '../../../src-main/xmpp/xep/0048-private-bookmarks';
import { bookmark, parseBookmark, type KeptBookmark } from '../../../src-main/xmpp/xep/0402-bookmarks';
import { stanza } from '../../support/stanza';

const one = (jid: string, autojoin: boolean): KeptBookmark => ({
  jid,
  name: null,
  autojoin,
  nick: null,
  password: null,
  kept: null,
});
const map = (...list: readonly KeptBookmark[]) => new Map(list.map((each) => [each.jid, each]));
const nothingLate = { has: () => false };
const seenAs = (value: Readonly<Record<string, boolean>>) => new Map(Object.entries(value));

describe('bookmarks in two forms', () => {
  it('are one list: the newer form first, then what only older clients have', () => {
    const found = {
      newer: map(one('b@x', true), one('a@x', false)),
      older: map(one('c@x', true), one('a@x', true)),
    };
    const { list, lagging } = mergeBookmarks(found, new Map(), new Map(), nothingLate);
    expect(list.map(({ jid, autojoin }) => [jid, autojoin])).toEqual([
      ['b@x', true],
      ['a@x', false],
      ['c@x', true],
    ]);
    expect(lagging).toEqual([]);
  });

  it('where they differ, the one that was changed since is right', () => {
    const seen = seenAs({ 'a@x': true, 'b@x': true, 'c@x': true });
    const newer = map(one('a@x', true), one('b@x', false), one('c@x', true));
    const older = map(one('a@x', false), one('b@x', true));
    const { list, lagging } = mergeBookmarks({ newer, older }, seen, seen, nothingLate);
    // An older client has switched a off and taken c away; b was switched off by a newer one.
    expect(list.map(({ jid, autojoin }) => [jid, autojoin])).toEqual([
      ['a@x', false],
      ['b@x', false],
    ]);
    expect(lagging).toEqual(['a@x', 'c@x']);
  });

  it('what was never in the older form is not missing from it', () => {
    const { list } = mergeBookmarks(
      { newer: map(one('a@x', true)), older: new Map() },
      seenAs({ 'a@x': true }),
      new Map(),
      nothingLate,
    );
    expect(list).toHaveLength(1);
  });

  it('where both were changed alike nothing is to be written: another device has written both', () => {
    const seen = seenAs({ 'a@x': true });
    const both = map(one('a@x', false));
    const { list, lagging } = mergeBookmarks(
      { newer: both, older: both },
      seenAs({ 'a@x': false }),
      seen,
      nothingLate,
    );
    expect([list.map(({ autojoin }) => autojoin), lagging]).toEqual([[false], []]);
  });
});

describe('what is written', () => {
  const item = (xml: string) => {
    const payload = stanza(`<message>${xml}</message>`).getChildElements()[0] ?? null;
    return parseBookmark({ id: 'Room@Rooms.x', payload });
  };
  it('keeps what is not ours, in either form', () => {
    const found = item(
      `<conference xmlns='urn:xmpp:bookmarks:1' name='R' autojoin='true' odd='1'><nick>N</nick>` +
        `<extensions><pin xmlns='urn:y'><nick>not ours</nick></pin></extensions></conference>`,
    );
    expect(found).toMatchObject({ jid: 'room@rooms.x', name: 'R', autojoin: true, nick: 'N' });
    const xml = found ? bookmark({ ...found, autojoin: false, nick: 'M' }).toString() : '';
    expect(xml).toContain('odd="1"');
    expect(xml).toContain('autojoin="false"');
    expect(xml).toContain(
      '<nick>M</nick><extensions><pin xmlns="urn:y"><nick>not ours</nick></pin></extensions>',
    );
    const storage = storageIn(
      stanza(
        `<iq type='result'><query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'><url url='u'/>` +
          `<conference jid='a@x' autojoin='1'><pin xmlns='urn:y'/></conference><conference jid='b@x'/><url url='v'/>` +
          `</storage></query></iq>`,
      ),
    );
    if (!storage) throw new Error('no storage');
    expect(parseStorage(storage).map(({ jid }) => jid)).toEqual(['a@x', 'b@x']);
    expect(privateSet(storage, 'a@x', one('a@x', false)).toString()).toContain(
      '<url url="u"/><conference jid="a@x" autojoin="false"><pin xmlns="urn:y"/></conference><conference jid="b@x"/><url url="v"/>',
    );
    expect(privateSet(storage, 'a@x', null).toString()).toContain('<url url="u"/><conference jid="b@x"/>');
    expect(privateSet(storage, 'c@x', one('c@x', true)).toString()).toContain(
      '<url url="v"/><conference autojoin="true" jid="c@x"/>',
    );
  });
});
