import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { measureStart, type AppStart } from '../tests/bench/app-start';
import { measureEmptyWindow } from '../tests/bench/empty-window';
import { burst, type Burst } from '../tests/bench/burst';
import { catchUp, type CatchUp } from '../tests/bench/catch-up';
import { measureCrowdedRoom } from '../tests/bench/crowded-room';
import { measureHour } from '../tests/bench/hour';
import { measurePictures } from '../tests/bench/pictures';
import { roomCatchUp, type RoomCatchUp } from '../tests/bench/room-catch-up';
import { measureTransfer } from '../tests/bench/transfer';
import { reconnects } from '../tests/bench/reconnect';
import { roundTrips } from '../tests/bench/round-trip';
import { ourSignIn, signInsOverTls, stockSignIn } from '../tests/bench/sign-in';
import { measureWindow } from '../tests/bench/many-contacts';
import { percentile } from '../tests/bench/stats';
import { measureStore } from '../tests/bench/store';
import { markdownOf, tableOf, type Measured } from '../tests/bench/table';
import { launchFlint } from '../tests/desktop/app';
import { startDesktop, type Desktop } from '../tests/desktop/desktop';
import { newAccount, type TestAccount } from '../tests/servers/shared';
import { startServer } from '../tests/servers/start-server';
import type { TestServer } from '../tests/servers/server';
import { build } from './build';
import { fillSignIn, openChat, submitSignIn } from './demo/drive';
import { Ends } from './demo/ends';
import { startPlay } from './demo/play';
import { setup } from './setup';
import { root } from './support/paths';

/**
 * npm run bench: medians of five, on a Prosody and a desktop of its own, with nothing else running. With `-- --only history`
 * nothing but the store, on histories of a hundred thousand and a million messages; with `-- --only missed` what was missed;
 * with `-- --only window` the window with ten thousand contacts and a million messages; with `rooms` a room of five thousand
 * people and a long one that was missed; with `files` pictures by the hundred and a large file both ways; with `hour` the memory
 * that an hour takes.
 */
const RUNS = 5;
const MESSAGES = 100;
/** Of what takes long. */
const FEW_RUNS = 3;
const MISSED = 10_000;
const BURST = 5_000;
/** Between these docs/bench.md has the table. */
const MARK_START = '<!-- measured -->';
const MARK_END = '<!-- /measured -->';
/** Contacts from disk; then the first contact whose presence has come from the server. */
const MARKS = { roster: '[role=treeitem] .pr', ready: '[role=treeitem] .pr.online' };

const ends = new Ends();

async function main(): Promise<void> {
  if (process.argv.includes('history')) {
    console.log(tableOf(await history()));
    return;
  }
  // With the peers that write to it.
  await setup({ servers: true });
  if (!(await build())) throw new Error('The build failed; its words are above.');
  const server = await startServer('prosody');
  ends.add(() => server.stop());
  const parts = {
    core: () => core(server),
    tls: () => overTls(server),
    missed: () => missed(server),
    app: () => app(server),
    window: () => manyContacts(server),
    rooms: () => rooms(),
    files: () => files(server),
    hour: () => hour(server),
    history,
  };
  const only = Object.entries(parts).find(([name]) => process.argv.includes(name))?.[1];
  if (only) {
    console.log(tableOf(await only()));
    return;
  }
  const rows: Measured[] = [];
  for (const part of Object.values(parts)) rows.push(...(await part()));
  console.log(`\nMedians of ${RUNS}, ${server.kind} ${server.version}, ${cpus().length} processors\n`);
  console.log(tableOf(rows));
  writeDocs(`${server.kind} ${server.version}`, rows);
}

/** The table of docs/bench.md is the one that was measured last. */
function writeDocs(server: string, rows: readonly Measured[]): void {
  const file = join(root, 'docs', 'bench.md');
  const before = readFileSync(file, 'utf8');
  const [head = '', rest = ''] = before.split(MARK_START);
  const tail = rest.split(MARK_END)[1] ?? '';
  const measured = `Medians of ${RUNS}, ${server}, ${cpus().length} processors.\n\n${markdownOf(rows)}`;
  writeFileSync(file, `${head}${MARK_START}\n\n${measured}\n\n${MARK_END}${tail}`);
}

/** A line that was cut, and a long archive that was missed. */
async function missed(server: TestServer): Promise<readonly Measured[]> {
  console.log('Back on the line …');
  const back = await reconnects(server, await newAccount(server, server), RUNS);
  const sql = await startServer('prosody', { archive: 'sqlite' });
  ends.add(() => sql.stop());
  return [
    { name: 'back after a cut line, session resumed', runs: back.resumed, unit: 'ms' },
    { name: 'back with a new session', runs: back.fresh, unit: 'ms' },
    ...(await catchUps(server, 'in files')),
    ...(await catchUps(sql, 'in SQLite')),
  ];
}

/** @param where the server keeps its archive */
async function catchUps(server: TestServer, where: string): Promise<readonly Measured[]> {
  console.log(`Catching up with ${MISSED} messages, ${where} …`);
  const ups: CatchUp[] = [];
  for (let run = 0; run < FEW_RUNS; run++) {
    ups.push(
      await catchUp(server, await newAccount(server, server), await newAccount(server, server), MISSED),
    );
  }
  const archive = `archive of ${MISSED} ${where}`;
  return [
    {
      name: `${archive}, newest readable`,
      runs: ups.map(({ firstScreenMs }) => firstScreenMs),
      unit: 'ms',
    },
    {
      name: `${archive}, read and kept`,
      runs: ups.map(({ perSecond }) => perSecond),
      unit: '/s',
      target: 'at least 2000',
    },
    {
      name: `${archive}, a page at a time over a bare socket, nothing kept`,
      runs: ups.map(({ barePerSecond }) => barePerSecond),
      unit: '/s',
    },
  ];
}

/** Pages and searches in long histories. */
async function history(): Promise<readonly Measured[]> {
  console.log('Long histories …');
  return [...(await measureStore(100_000, RUNS)), ...(await measureStore(1_000_000, RUNS))];
}

/** With every round trip that the server lets us leave out (SASL2, Bind 2, FAST). */
async function overTls(old: TestServer): Promise<readonly Measured[]> {
  const young = await startServer('prosody13');
  ends.add(() => young.stop());
  const before = await signInsOverTls(old, await newAccount(old, old), RUNS);
  const now = await signInsOverTls(young, await newAccount(young, young), RUNS);
  return [
    { name: 'sign-in over TLS, step by step (RFC 6120)', runs: before.password, unit: 'ms' },
    { name: 'sign-in over TLS, SASL2', runs: now.password, unit: 'ms' },
    { name: 'sign-in over TLS, one round trip (FAST)', runs: now.token, unit: 'ms' },
  ];
}

/** What needs no window, under plain Node. */
async function core(server: TestServer): Promise<readonly Measured[]> {
  const account = (): Promise<TestAccount> => newAccount(server, server);
  const [ours, stock, peer] = [await account(), await account(), await account()];
  const signIns = { ours: [] as number[], stock: [] as number[] };
  console.log('Signing in …');
  // The first of each pays for the modules that it loads.
  await ourSignIn(server, ours);
  await stockSignIn(server, stock);
  for (let run = 0; run < RUNS; run++) {
    signIns.ours.push(await ourSignIn(server, ours));
    signIns.stock.push(await stockSignIn(server, stock));
  }
  console.log('Messages there and back …');
  const trips: (readonly number[])[] = [];
  for (let run = 0; run < RUNS; run++) trips.push(await roundTrips(server, ours, peer, MESSAGES));
  const at = (share: number): number[] => trips.map((times) => percentile(times, share));
  return [
    { name: 'sign-in, Flint', runs: signIns.ours, unit: 'ms' },
    { name: 'sign-in, @xmpp/client as it comes', runs: signIns.stock, unit: 'ms' },
    {
      name: '  times faster',
      runs: signIns.stock.map((time, run) => time / (signIns.ours[run] ?? time)),
      unit: '×',
      target: 'at least 5',
    },
    { name: `message there and back, p50 of ${MESSAGES}`, runs: at(0.5), unit: 'ms' },
    { name: `message there and back, p95 of ${MESSAGES}`, runs: at(0.95), unit: 'ms' },
  ];
}

/** The app as it was built, on a screen. */
async function app(server: TestServer): Promise<readonly Measured[]> {
  const play = await startPlay(server);
  ends.add(() => play.stop());
  const desktop = await ownDesktop();
  console.log('Starting Flint …');
  const userData = await signedInProfile(desktop, server, play);
  const starts: AppStart[] = [];
  for (let run = 0; run < RUNS; run++) starts.push(await measureStart(desktop, userData, MARKS));
  const [{ processes } = { processes: 0 }] = starts;
  const empty: number[] = [];
  for (let run = 0; run < FEW_RUNS; run++) empty.push(await measureEmptyWindow(desktop));
  console.log(`${BURST} messages at once …`);
  const bursts: Burst[] = [];
  for (let run = 0; run < FEW_RUNS; run++)
    bursts.push(await oneBurst(desktop, server, userData, play, `burst ${String(run)} of`));
  return [
    ...burstRows(bursts),
    {
      name: 'start to the contact list from disk',
      runs: starts.map((start) => start.rosterMs),
      unit: 'ms',
      target: 'at most 1000',
    },
    { name: 'start to ready, presences shown', runs: starts.map((start) => start.readyMs), unit: 'ms' },
    {
      name: `memory (PSS) of all ${processes} processes`,
      runs: starts.map((start) => start.mib),
      unit: 'MiB',
      target: 'at most 250 MB',
    },
    { name: '  of an Electron that is an empty window', runs: empty, unit: 'MiB' },
  ];
}

/** The window with ten thousand contacts and two thousand chats. */
async function manyContacts(server: TestServer): Promise<readonly Measured[]> {
  console.log('Ten thousand contacts …');
  const desktop = await ownDesktop();
  return measureWindow(server, desktop, (account) => signedInProfile(desktop, server, account));
}

/** A room of five thousand people, and one in which ten thousand messages were said meanwhile. */
async function rooms(): Promise<readonly Measured[]> {
  console.log('A room of five thousand …');
  const desktop = await ownDesktop();
  const crowded = await measureCrowdedRoom(desktop, (server, account) =>
    signedInProfile(desktop, server, account),
  );
  console.log(`Catching up with ${MISSED} messages in a room …`);
  const sql = await startServer('prosody', { archive: 'sqlite' });
  ends.add(() => sql.stop());
  const ups: RoomCatchUp[] = [];
  for (let run = 0; run < FEW_RUNS; run++)
    ups.push(await roomCatchUp(sql, await newAccount(sql, sql), await newAccount(sql, sql), MISSED));
  const room = `${MISSED} missed in a room, in SQLite`;
  return [
    ...crowded,
    { name: `${room}, newest readable`, runs: ups.map(({ firstScreenMs }) => firstScreenMs), unit: 'ms' },
    { name: `${room}, read and kept`, runs: ups.map(({ perSecond }) => perSecond), unit: '/s' },
  ];
}

/** Pictures by the hundred, and a large file both ways. */
async function files(server: TestServer): Promise<readonly Measured[]> {
  console.log('Five hundred pictures …');
  const desktop = await ownDesktop();
  const pictures = await measurePictures(server, desktop, (account) =>
    signedInProfile(desktop, server, account),
  );
  console.log('A hundred megabytes …');
  return [...pictures, ...(await measureTransfer())];
}

/** What an hour of messages and presences leaves in memory. */
async function hour(server: TestServer): Promise<readonly Measured[]> {
  console.log('An hour …');
  const desktop = await ownDesktop();
  return measureHour(server, desktop, (account) => signedInProfile(desktop, server, account));
}

async function ownDesktop(): Promise<Desktop> {
  const desktop = await startDesktop();
  ends.add(() => desktop.stop());
  return desktop;
}

const burstRows = (bursts: readonly Burst[]): readonly Measured[] => [
  {
    name: `${BURST} live messages, until the last is shown`,
    runs: bursts.map(({ allMs }) => allMs),
    unit: 'ms',
  },
  {
    name: '  from when the server has taken the last',
    runs: bursts.map(({ afterMs }) => afterMs),
    unit: 'ms',
  },
  {
    name: `${BURST} live messages, longest block of the main process`,
    runs: bursts.map(({ mainMs }) => mainMs),
    unit: 'ms',
    target: 'at most 50',
  },
  {
    name: `${BURST} live messages, longest task of the window (0: none over 50)`,
    runs: bursts.map(({ windowMs }) => windowMs),
    unit: 'ms',
    target: 'at most 50',
  },
];

/** Romeo's account writes from another client of his, into the conversation that is open. */
async function oneBurst(
  desktop: Desktop,
  server: TestServer,
  userData: string,
  play: { readonly jid: string; readonly password: string },
  called: string,
): Promise<Burst> {
  const flint = await launchFlint({ desktop, userData });
  try {
    await flint.page.locator(MARKS.ready).first().waitFor();
    await openChat(flint.page, 'Romeo');
    const name = 'romeo';
    const theirs = { name, jid: `${name}@${server.domain}`, password: play.password };
    return await burst(flint, server, play, theirs, BURST, called);
  } finally {
    await flint.close();
  }
}

/** Signs in once by hand, as it were; from then on Flint signs in by itself. */
async function signedInProfile(
  desktop: Desktop,
  server: TestServer,
  account: { readonly jid: string; readonly password: string },
): Promise<string> {
  const userData = mkdtempSync(join(desktop.dir, 'bench-'));
  const flint = await launchFlint({ desktop, userData });
  ends.takeOverSignals();
  ends.add(() => flint.close());
  await fillSignIn(flint.page, account, server.wsUrl);
  await submitSignIn(flint.page);
  await flint.page.locator(MARKS.ready).first().waitFor();
  await flint.close();
  return userData;
}

ends.takeOverSignals();
try {
  await Promise.race([main(), ends.asked]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
await ends.run();
process.exit();
