import { expect, it } from 'vitest';
import { DISK_REST_MS } from '../../../src-main/session/archive/rests';
import type { SessionContext } from '../../../src-main/session/context';
import { rowOf } from '../../../src-main/session/rooms/known-rooms';
import { createRoom } from '../../../src-main/session/rooms/room';
import type { RoomParts } from '../../../src-main/session/rooms/one-room';
import { StoreError, type RoomRow } from '../../../src-main/store/store';
import type { Element } from '../../../src-main/xmpp/element';
import type { Link } from '../../../src-main/xmpp/link';
import { parseRoomPresence, type Look } from '../../../src-main/xmpp/xep/0045-muc';
import { ownCaps } from '../../../src-main/xmpp/xep/0115-capabilities';
import { FakeClock } from '../../support/clock';
import { stanza } from '../../support/stanza';
import { listLog } from '../../support/store-kit';

const jid = 'verona@rooms.example.org';
const MUC = 'http://jabber.org/protocol/muc';
const infoWith = (...features: readonly string[]) =>
  stanza(
    `<iq type='result'><query xmlns='http://jabber.org/protocol/disco#info'>${[MUC, ...features].map((one) => `<feature var='${one}'/>`).join('')}</query></iq>`,
  );
const inside = stanza(
  `<presence from='${jid}/Juliet'><x xmlns='${MUC}#user'><item role='participant' affiliation='none'/><status code='110'/></x></presence>`,
);
/** A line to a service with a room that has no archive. @param info what the room says of itself; null: nothing to strangers */
const lineTo = (resumed: Link['resumed'], info: Element | null = infoWith()) => {
  const sent: string[] = [];
  const asked: string[] = [];
  const line = { sent, asked, down: null as string | null };
  const link = {
    resumed,
    send: (element: { toString(): string }) => sent.push(element.toString()),
    iq: (_: string, query: { toString(): string }, { to }: { readonly to: string }) => {
      asked.push(query.toString());
      if (line.down !== null)
        return Promise.resolve({ ok: false, error: { condition: line.down, type: 'cancel', text: null } });
      return Promise.resolve(
        info === null && to === jid
          ? { ok: false, error: { condition: 'forbidden', type: 'auth', text: null } }
          : { ok: true, iq: info ?? infoWith() },
      );
    },
  };
  return Object.assign(line, { link: link as unknown as Link });
};
const look: Look = { shown: { kind: 'away', status: null }, phoneStatus: '', caps: ownCaps('a hash') };

const neverJoined = rowOf({ jid, nick: 'Juliet', name: null, password: null }, true);

const since: RoomParts['history'] = () => Promise.resolve({ is: 'since', at: 1_000 });
const presenceOf = (element: Element) => {
  const presence = parseRoomPresence(element);
  if (!presence) throw new Error('no presence of a room');
  return presence;
};

/** On its way in, over this line. */
const entering = async (
  first: ReturnType<typeof lineTo>,
  before: RoomRow = neverJoined,
  history: RoomParts['history'] = since,
  catchUp: () => Promise<void> = () => Promise.resolve(),
) => {
  let link: Link | null = first.link;
  let kept = before;
  const clock = new FakeClock();
  const ports = { clock, log: listLog(), random: { fraction: () => 0, id: () => 'a stay' } };
  const parts = {
    look: () => look,
    history,
    catchUp,
    bookmarked: () => true,
    asking: () => [],
    keep: (row: RoomRow) => {
      kept = row;
    },
    tell: () => undefined,
    tellOccupants: () => undefined,
    came: () => undefined,
    onReady: () => undefined,
  } as unknown as RoomParts;
  const room = createRoom({ ports, link: () => link } as unknown as SessionContext, before, parts);
  const atFirst = room.shown();
  room.wentOnline(false);
  if (history === since) await expect.poll(() => first.sent.length).toBe(1);
  return {
    ...{ room, clock, atFirst, kept: () => kept },
    goTo(next: ReturnType<typeof lineTo> | null) {
      link = next?.link ?? null;
    },
  };
};

/** In the room, on a line that then breaks. */
const thrownOffLine = async () => {
  const { room, goTo, clock } = await entering(lineTo(null));
  room.take(presenceOf(inside));
  expect(room.inside).toBe(true);
  goTo(null);
  room.wentOffline();
  return { room, goTo, clock };
};

it('R3 on a new session a room hears how others see us when we ask to be let in, with what was missed, and not before', async () => {
  const { room, goTo } = await thrownOffLine();
  const line = lineTo(null);
  goTo(line);
  room.look(look);
  room.wentOnline(false);
  await expect.poll(() => line.sent.length).toBeGreaterThan(0);
  expect(line.sent.filter((xml) => !xml.includes('since='))).toEqual([]);
});

it('a room is asked to let us in once, whatever of a new session comes first', async () => {
  for (const turns of [
    ['look', 'online'],
    ['online', 'look'],
  ]) {
    const { room, goTo } = await thrownOffLine();
    const line = lineTo(null);
    goTo(line);
    for (const turn of turns) {
      if (turn === 'look') room.look(look);
      else room.wentOnline(false);
      await expect.poll(() => line.sent.length).toBe(1);
    }
    expect(line.asked).toHaveLength(1);
  }
});

it('whose own nick still hangs there after a lost line is asked again by itself', async () => {
  const { room, goTo, clock } = await thrownOffLine();
  const line = lineTo(null);
  goTo(line);
  room.wentOnline(false);
  await expect.poll(() => line.sent.length).toBe(1);
  const conflict = stanza(
    `<presence from='${jid}/Juliet' type='error'><error type='cancel'><conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>`,
  );
  room.take(presenceOf(conflict));
  await expect.poll(() => room.shown().status.is).toBe('waiting');
  await clock.advance(10_000);
  await expect.poll(() => line.sent.length).toBe(2);
});

it('a room whose service restarts is entered again by itself once that is back', async () => {
  const line = lineTo(null);
  const { room, clock } = await entering(line);
  room.take(presenceOf(inside));
  line.down = 'remote-server-not-found';
  const shutDown = `<presence from='${jid}/Juliet' type='unavailable'><x xmlns='${MUC}#user'><item role='none' affiliation='none'/><status code='110'/><status code='332'/></x></presence>`;
  room.take(presenceOf(stanza(shutDown)));
  const askedBefore = line.asked.length;
  await clock.advance(600_000);
  expect(line.asked.length).toBeGreaterThan(askedBefore + 2);
  expect(room.shown().status).toEqual({ is: 'waiting' });
  line.down = null;
  for (let turn = 0; turn < 30 && line.sent.length < 2; turn += 1) await clock.advance(10_000);
  expect(line.sent).toHaveLength(2);
  room.take(presenceOf(inside));
  expect(room.shown().status).toEqual({ is: 'joined' });
});

it('a disk that fails on the way in is no end: whoever asked hears that it takes longer, and it is tried again', async () => {
  const line = lineTo(null);
  let broken = true;
  const history: RoomParts['history'] = () => (broken ? Promise.reject(new Error('disk')) : since());
  const { room, clock } = await entering(line, neverJoined, history);
  await room.join({ nick: 'Juliet', password: null, create: false });
  expect(room.shown().status).toEqual({ is: 'waiting' });
  broken = false;
  await clock.advance(10_000);
  expect(line.sent).toHaveLength(1);
});

it('on a session that goes on it hears that at once', async () => {
  const { room, goTo } = await thrownOffLine();
  const line = lineTo({ id: 'the session before', handled: 1 });
  goTo(line);
  room.look(look);
  expect(line.sent).toHaveLength(1);
  expect(line.sent[0]).not.toContain(`xmlns="${MUC}"`);
});

it('what kind of room it is is known before it is joined again, and trusted only once the room has said so', async () => {
  const group = { open: true, membersOnly: true };
  const { kept } = await entering(lineTo(null, infoWith('muc_nonanonymous', 'muc_membersonly')));
  expect(kept()).toMatchObject(group);
  const again = await entering(lineTo(null, infoWith('muc_nonanonymous')), kept());
  expect(again.atFirst).toMatchObject({ ...group, status: { is: 'waiting' } });
  expect(again.kept()).toMatchObject({ open: true, membersOnly: false });
  const silent = await entering(lineTo(null, null), kept());
  expect(silent.kept()).toMatchObject(group);
  expect(silent.room.info).toMatchObject({ open: false, membersOnly: false });
});

it('R12 what its archive has is read again where the disk refused, and what was written waits for that', async () => {
  let [tries, isFull] = [0, true];
  const catchUp = (): Promise<void> => {
    tries += 1;
    return isFull ? Promise.reject(new StoreError('full', 'no room')) : Promise.resolve();
  };
  const line = lineTo(null, infoWith('urn:xmpp:mam:2', 'urn:xmpp:sid:0'));
  const { room, clock } = await entering(line, neverJoined, since, catchUp);
  room.take(presenceOf(inside));
  await expect.poll(() => tries).toBe(1);
  for (const again of [2, 3]) {
    await clock.advance(DISK_REST_MS);
    await expect.poll(() => tries).toBe(again);
    expect(room.ready).toBe(false);
  }
  isFull = false;
  await clock.advance(DISK_REST_MS);
  await expect.poll(() => room.ready).toBe(true);
  expect(room.shown().status).toEqual({ is: 'joined' });
});
