import { expect, it } from 'vitest';
import type { RoomView } from '../../../src-main/session/incoming/reading';
import { readRoomMessage } from '../../../src-main/session/incoming/read-room-message';
import { StoreError, type Store } from '../../../src-main/store/store';
import { computer } from '../../support/archive-computer';
import type { ArchivedMessage } from '../../support/scripted-archive';

const room = 'verona@rooms.example.org';
const view: RoomView = {
  ...{ jid: room, nick: 'Juliet', stanzaIds: true, occupantIds: false, ownOccupantId: null },
  ...{ open: false, group: false, ready: true, now: Date.UTC(2027, 0, 1), occupant: () => null },
};
const began = Date.UTC(2026, 0, 1);
const said = (count: number): ArchivedMessage[] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ id: `r${String(n)}`, at: began + n * 2_000, from: `${room}/Romeo`, room, body: `r ${String(n)}` },
  }));

/** A computer that is in a room which has an archive. */
const inRoom = async () => {
  const one = await computer();
  let joined = true;
  one.archive.rooms.use({
    isRoom: (jid) => jid === room,
    canAsk: () => joined,
    read: (_, message, place) =>
      readRoomMessage(message, view, { bare: 'juliet@example.org' }, { by: 'archive', place }),
  });
  await one.read();
  return {
    ...one,
    enter: () => one.archive.rooms.catchUp(one.server.link, room),
    leave: () => {
      joined = false;
    },
    async here() {
      return (await one.store.page(room, null, 1_000)).messages.map(({ body }) => body);
    },
  };
};
const bodies = (list: readonly ArchivedMessage[]) => list.map(({ body }) => body);

it('R9 what a room refuses is asked for again after a while, though nobody says anything', async () => {
  const { server, enter, here, tryAgain } = await inRoom();
  server.entries = said(3);
  server.refuse = 'internal-server-error';
  await enter();
  expect(await here()).toEqual([]);
  // Once more in vain.
  await tryAgain();
  server.refuse = null;
  await tryAgain();
  expect(await here()).toEqual(bodies(said(3)));
  const { length } = server.asked;
  await tryAgain();
  expect(server.asked).toHaveLength(length);
});

it('a room that we are not in any more is not asked again', async () => {
  const { server, enter, leave, tryAgain } = await inRoom();
  server.refuse = 'forbidden';
  await enter();
  leave();
  const { length } = server.asked;
  await tryAgain();
  expect(server.asked).toHaveLength(length);
});

it('R12 a page of a room that the disk refuses is read again by itself', async () => {
  const { server, store, enter, here, tryAgain } = await inRoom();
  server.entries = said(3);
  const { addPage } = store;
  let isFull = true;
  Object.assign(store, {
    addPage: (...args: Parameters<Store['addPage']>) =>
      isFull ? Promise.reject(new StoreError('full', 'no room')) : addPage.apply(store, args),
  });
  await enter();
  expect(await here()).toEqual([]);
  isFull = false;
  await tryAgain();
  expect(await here()).toEqual(bodies(said(3)));
});

it('R10 where a room’s last place has expired, and its archive goes on as if nothing had, the gap is marked', async () => {
  const { server, store, enter, here } = await inRoom();
  const all = said(90);
  server.entries = all.slice(0, 20);
  await enter();
  server.entries = all.slice(60);
  server.skips = true;
  await enter();
  expect(await here()).toEqual(bodies([...all.slice(0, 20), ...all.slice(60)]));
  expect(await store.ranges(room)).toMatchObject([{ lost: false }, { first: { id: 'r60' }, lost: true }]);
});
