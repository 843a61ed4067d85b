import { expect, it } from 'vitest';
import { computer } from '../../support/archive-computer';
import { began, bodies, inStore, messages, nurse, romeo } from './archive-kit';

it('R3 what was written is asked for by itself: neither a long absence nor a slow archive makes it go twice', async () => {
  const { store, server, read, archive } = await computer();
  const all = messages(
    Array.from({ length: 600 }, () => 2_000),
    nurse,
  );
  server.entries = all.slice(0, 20);
  await read();
  const write = async (body: string) => {
    const { message } = await store.addOutgoing({ peer: romeo, body, originId: `m-${body}`, at: began });
    const [row] = (await store.outbox()).slice(-1);
    await store.markWritten(row?.id ?? 0, { session: 'before', number: 1 }, body);
    return message.id;
  };
  const [arrived, lost] = [await write('arrived'), await write('lost')];
  // What is ours stands behind all that others said, on the third page of its conversation.
  const own = 'juliet@example.org';
  const talk = messages(
    Array.from({ length: 120 }, () => 1_000),
    romeo,
    'r',
  );
  server.entries = [
    ...all,
    ...talk.map((entry) => ({ ...entry, at: entry.at + 1_300_000 })),
    { id: 'arrived', at: began + 1_500_000, from: own, to: romeo, body: 'arrived' },
  ];
  const before = server.asked.length;
  // A page that takes too long is asked for once more.
  server.late = 1;
  await archive.proveSent(server.link);
  expect(server.asked.length - before).toBe(4);
  expect(await store.message(arrived)).toMatchObject({ delivery: 'sent' });
  expect(await store.message(lost)).toMatchObject({ delivery: 'waiting' });
  // What others said comes with all that was missed, and is news then.
  expect(await inStore(store)).toEqual(['arrived', 'lost']);
  await read();
  expect(await store.chat(romeo)).toMatchObject({ unread: 120 });
  expect(await inStore(store)).toEqual([...bodies(talk), 'arrived', 'lost']);
  expect(await store.ranges(null)).toHaveLength(1);
});

it('R3 an archive that does not answer is not waited for once for each conversation, nor asked for what rooms say', async () => {
  const { store, server, read, archive } = await computer();
  server.entries = messages([0]);
  await read();
  for (const n of [1, 2, 3]) {
    const peer = `friend-${String(n)}@example.org`;
    await store.addOutgoing({ peer, body: 'written', originId: `o${String(n)}`, at: began });
    const [row] = (await store.outbox()).slice(-1);
    await store.markWritten(row?.id ?? 0, { session: 'before', number: n }, 'written');
  }
  server.late = Infinity;
  const before = server.asked.length;
  await archive.proveSent(server.link);
  expect(server.asked.length - before).toBe(2);
});
