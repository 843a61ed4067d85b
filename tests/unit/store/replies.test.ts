import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src-main/store/store';
import { incoming, openTestStore, testFolder, type TestStore } from '../../support/store-kit';
import { workerStoreLauncher } from '../../support/store-launcher';

const peer = 'romeo@example.org';
const room = 'verona@rooms.example.org';
const long = 'the-question-of-romeo';
const answer = (store: Store, id: number, originId = 'an-answer-of-juliet') =>
  store.addOutgoing({
    ...{ peer, body: 'yes', originId, at: 2_000_000 },
    answers: { id, to: peer, words: 'shall I come?' },
  });
const question = (store: TestStore) =>
  store.addMessage(incoming({ body: 'shall I come?', messageId: 'x', originId: long, stanzaId: 's1' }));
const shown = async (store: Store, of = peer) => (await store.page(of, null, 50)).messages;

describe('an answer', () => {
  it('goes out with what it answers, by the id that others know; a correction of it too; after a restart as well', async () => {
    const folder = testFolder();
    const file = join(folder, 'a.db');
    const store = await openTestStore({ file, launcher: workerStoreLauncher(folder) });
    const { message } = await question(store);
    const stored = await answer(store, message.id);
    const quoted = { id: message.id, direction: 'in', text: 'shall I come?' };
    expect(stored.message).toMatchObject({ body: 'yes', reply: { quoted, words: null } });
    const said = { id: long, to: peer, words: 'shall I come?' };
    await store.amendOutgoing({ id: stored.message.id, kind: 'correct', body: 'no', originId: 'c1', at: 1 });
    await store.amendOutgoing({ id: message.id, kind: 'react', body: '["👍"]', originId: 'r1', at: 2 });
    const queue = (await store.outbox()).map(({ body, reply }) => [body, reply]);
    expect(queue).toEqual([
      ['yes', said],
      ['no', said],
      ['["👍"]', undefined],
    ]);
    await store.close();
    const again = await openTestStore({ file, launcher: workerStoreLauncher(folder) });
    expect((await again.outbox()).map(({ body, reply }) => [body, reply])).toEqual(queue);
    expect((await shown(again))[1]).toMatchObject({ body: 'no', reply: { quoted } });
  });

  it('shows what it answers as it is now: corrected, taken back, deleted', async () => {
    const store = await openTestStore();
    const { message } = await question(store);
    await answer(store, message.id);
    const amend = (kind: 'correct' | 'retract', body: string | null, messageId: string) =>
      store.amend({
        ...{ peer, direction: 'in', kind, target: long, body, at: 3_000_000 },
        ...{ messageId, stanzaId: null },
      });
    await amend('correct', 'shall I go?', 'a-correction-of-it');
    expect((await shown(store))[1]?.reply?.quoted?.text).toBe('shall I go?');
    await amend('retract', null, 'a-retraction-of-it');
    expect((await shown(store))[1]?.reply).toEqual({
      quoted: { id: message.id, direction: 'in', text: '', retracted: true },
      words: null,
    });
    // Its words are in no answer any more.
    expect((await store.outbox())[0]?.reply?.words).toBeNull();
    await store.deleteRows(peer, [message.id]);
    expect((await shown(store))[0]?.reply).toEqual({ quoted: null, words: null });
  });

  it('shows words that others give to a message only where that is not here, and finds it once it is', async () => {
    const store = await openTestStore();
    const reply = { id: long, to: 'nurse@example.org', words: 'I never said that' };
    await store.addMessage(incoming({ body: 'really?', messageId: 'an-answer-of-romeo', reply }));
    expect((await shown(store))[0]?.reply).toEqual({ quoted: null, words: 'I never said that' });
    const page = await store.addPage({
      ...{ with: null, after: null, before: null, whole: true, lost: false, amendments: [] },
      places: [{ id: 's1', at: 1_000 }],
      messages: [
        incoming({ body: 'shall I come?', originId: long, stanzaId: 's1', at: 1_000, source: 'archive' }),
      ],
    });
    expect(page.changed).toMatchObject([{ body: 'really?', reply: { quoted: { text: 'shall I come?' } } }]);
    const [first, second] = await shown(store);
    expect(second?.reply).toEqual({
      quoted: { id: first?.id, direction: 'in', text: 'shall I come?' },
      words: null,
    });
  });

  it('means a message of its own conversation, in a room by the room’s own id, of a short id the one before', async () => {
    const store = await openTestStore();
    const said = (body: string, messageId: string, more: object = {}) =>
      store.addMessage(incoming({ body, messageId, ...more }));
    const to = (id: string) => ({ reply: { id, to: null, words: null } });
    await said('elsewhere', 'another-conversation', { peer: 'nurse@example.org' });
    await said('to what?', 'an-answer-to-nothing', to('another-conversation'));
    await said('first', '1', { at: 1_100_000 });
    await said('second', '1', { at: 1_200_000 });
    await said('which?', '7', { at: 1_300_000, ...to('1') });
    await said('third', '1', { at: 1_400_000 });
    expect((await shown(store)).map(({ body, reply }) => [body, reply?.quoted?.text])).toEqual([
      ['to what?', undefined],
      ['first', undefined],
      ['second', undefined],
      ['which?', 'second'],
      ['third', undefined],
    ]);
    const inRoom = { peer: room, nick: 'Nurse' };
    await said('by the room', 'of-the-sender', { ...inRoom, stanzaId: 'of-the-room' });
    await said('a', 'answer-one', { ...inRoom, stanzaId: 's2', ...to('of-the-sender') });
    await said('b', 'answer-two', { ...inRoom, stanzaId: 's3', ...to('of-the-room') });
    expect((await shown(store, room)).map(({ reply }) => reply?.quoted?.text)).toEqual([
      undefined,
      undefined,
      'by the room',
    ]);
  });

  it('is kept in a draft, until what it answers is taken back', async () => {
    const store = await openTestStore();
    const { message } = await question(store);
    await store.setDraft(peer, '', message.id);
    expect(await store.chat(peer)).toMatchObject({ draft: '', answering: { text: 'shall I come?' } });
    await store.setDraft(peer, 'y', message.id);
    expect(await store.chat(peer)).toMatchObject({ draft: 'y', answering: { id: message.id } });
    await store.amend({
      ...{ peer, direction: 'in', kind: 'retract', target: long, body: null, at: 3_000_000 },
      ...{ messageId: 'a-retraction-of-it', stanzaId: null },
    });
    expect((await store.chat(peer)).answering).toBeUndefined();
    await store.setDraft(peer, '', null);
    expect(await store.chat(peer)).toMatchObject({ draft: '' });
  });
});
