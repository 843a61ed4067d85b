import { describe, expect, it } from 'vitest';
import { noMarks } from '../../../src-shared/model/conversation';
import { StoreBug, type RosterRow } from '../../../src-main/store/store';
import { incoming, openTestStore } from '../../support/store-kit';

const contact = (jid: string, row: Partial<RosterRow> = {}): RosterRow => ({
  jid,
  name: null,
  groups: [],
  subscription: 'both',
  asked: false,
  shared: false,
  ...row,
});

describe('the roster', () => {
  it('is empty without a version at first', async () => {
    const store = await openTestStore();
    expect(await store.roster()).toEqual({ version: null, rows: [] });
  });

  it('is replaced as a whole, with its version', async () => {
    const store = await openTestStore();
    await store.putRoster('v1', [contact('old@example.org', { groups: ['Gone'] })]);
    const rows = [
      contact('nurse@example.org', { name: '奶妈', groups: ['Verona::House', 'A'], shared: true }),
      contact('romeo@example.org', { subscription: 'none', asked: true, approved: true }),
    ];
    await store.putRoster('v2', rows);
    expect(await store.roster()).toEqual({ version: 'v2', rows });
    await store.putRoster(null, []);
    expect(await store.roster()).toEqual({ version: null, rows: [] });
  });

  it('takes a push: one row and the new version together', async () => {
    const store = await openTestStore();
    const romeo = contact('romeo@example.org', { groups: ['Montague'] });
    await store.putRoster('v1', [romeo]);
    const nurse = contact('nurse@example.org');
    await store.putContact('v2', nurse.jid, nurse);
    await store.putContact('v3', romeo.jid, { ...romeo, groups: [] });
    expect(await store.roster()).toEqual({ version: 'v3', rows: [nurse, { ...romeo, groups: [] }] });
    await store.putContact('v4', romeo.jid, null);
    expect(await store.roster()).toEqual({ version: 'v4', rows: [nurse] });
  });

  it('stays as it was when one row of a new one is refused', async () => {
    const store = await openTestStore();
    const rows = [contact('romeo@example.org')];
    await store.putRoster('v1', rows);
    const bad = store.putRoster('v2', [
      contact('nurse@example.org'),
      contact('x@example.org', { name: 'a\0' }),
    ]);
    await expect(bad).rejects.toBeInstanceOf(StoreBug);
    expect(await store.roster()).toEqual({ version: 'v1', rows });
  });
});

describe('requests', () => {
  it('wait, oldest first, one for each address', async () => {
    const store = await openTestStore();
    const paris = { jid: 'paris@example.org', nick: 'Paris', message: 'Marry me', at: 2000 };
    const tybalt = { jid: 'tybalt@example.org', nick: null, message: null, at: 1000 };
    await store.putRequest(paris);
    await store.putRequest(tybalt);
    await store.putRequest({ ...paris, message: 'Please' });
    expect(await store.requests()).toEqual([tybalt, { ...paris, message: 'Please' }]);
    await store.removeRequest(tybalt.jid);
    expect(await store.requests()).toEqual([{ ...paris, message: 'Please' }]);
  });
});

describe('conversations', () => {
  it('are listed newest first, with what is unread', async () => {
    const store = await openTestStore();
    await store.addMessage(incoming({ peer: 'a@example.org', at: 1000 }));
    await store.addMessage(incoming({ peer: 'b@example.org', at: 3000, seen: true }));
    await store.addOutgoing({ peer: 'c@example.org', body: 'x'.repeat(500), originId: 'o', at: 2000 });
    await store.addMessage(incoming({ peer: 'a@example.org', at: 900, source: 'carbon' }));
    const chats = await store.chats();
    expect(chats.map(({ peer, unread }) => [peer, unread])).toEqual([
      ['b@example.org', 0],
      ['c@example.org', 0],
      ['a@example.org', 2],
    ]);
    expect(chats[1]?.last).toEqual({
      direction: 'out',
      text: 'x'.repeat(200),
      at: 2000,
      delivery: 'waiting',
    });
    await store.markRead('a@example.org', null);
    expect(await store.chat('a@example.org')).toMatchObject({ unread: 0, last: { at: 1000 } });
  });

  it('keep a draft until it is empty', async () => {
    const store = await openTestStore();
    const empty = {
      peer: 'a@example.org',
      standing: 'open',
      unread: 0,
      draft: '',
      last: null,
      marks: noMarks,
    };
    expect(await store.chat('a@example.org')).toEqual(empty);
    await store.setDraft('a@example.org', 'O Romeo, ');
    expect(await store.chats()).toEqual([{ ...empty, draft: 'O Romeo, ' }]);
    await store.setDraft('a@example.org', '');
    expect(await store.chats()).toEqual([]);
  });

  it('never cut a character of the last text in two', async () => {
    const store = await openTestStore();
    await store.addMessage(incoming({ body: '😀'.repeat(300) }));
    expect((await store.chats())[0]?.last?.text).toBe('😀'.repeat(200));
  });
});
