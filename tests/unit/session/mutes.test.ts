import { expect, it } from 'vitest';
import type { AppEvent } from '../../../src-shared/ipc/events';
import { forGood, noMarks } from '../../../src-shared/model/conversation';
import type { AccountId } from '../../../src-shared/model/account';
import { createHub } from '../../../src-main/session/hub';
import { createMutes } from '../../../src-main/session/mutes';
import { incoming, listLog, openTestStore } from '../../support/store-kit';
import { realClock } from '../../support/real-clock';

const account = 'a'.repeat(32) as AccountId;
const peer = 'romeo@example.org';

it('what is muted for a time is heard again when that is over, in a later run too', async () => {
  const store = await openTestStore();
  await store.addMessage(incoming({ peer }));
  const hub = createHub();
  const events: AppEvent[] = [];
  hub.listen(({ event }) => events.push(event));
  const closed: string[] = [];
  const notices = { read: (one: string) => closed.push(one) };
  let now = 1_000;
  const waits: { ms: number; run: () => void }[] = [];
  const clock = {
    ...realClock,
    now: () => now,
    after: (ms: number, run: () => void) => {
      const wait = { ms, run };
      waits.push(wait);
      return { cancel: () => void waits.splice(waits.indexOf(wait), 1) };
    },
  };
  const make = () => createMutes({ account, store, hub, ports: { clock, log: listLog() } as never }, notices);
  await make().set(peer, { mutedUntil: 5_000 });
  expect(closed).toEqual([peer]);
  expect(waits.map(({ ms }) => ms)).toEqual([4_000]);
  expect((await store.chat(peer)).marks.mutedUntil).toBe(5_000);

  now = 5_000;
  await make().settle();
  expect((await store.chat(peer)).marks).toEqual(noMarks);
  expect(events.at(-1)).toMatchObject({ type: 'chat', chat: { marks: { mutedUntil: null } } });

  const last = make();
  await last.set(peer, { mutedUntil: forGood });
  expect(waits.at(-1)?.ms).toBeLessThan(24 * 3_600_000);
  const before = waits.length;
  last.stop();
  expect(waits).toHaveLength(before - 1);
});
