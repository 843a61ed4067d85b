import { existsSync } from 'node:fs';
import { createKeyring } from '../src-main/credentials/keyring';
import { systemClock } from '../src-main/desktop/clock';
import { launchFlint, type Launched } from '../tests/desktop/app';
import type { ServerKind, TestServer } from '../tests/servers/server';
import { startServer } from '../tests/servers/start-server';
import { build } from './build';
import { accountIds, fillSignIn, submitSignIn } from './demo/drive';
import { Ends } from './demo/ends';
import { readOptions, USAGE, type DemoOptions } from './demo/options';
import { camera, takePictures } from './demo/pictures';
import { startPlay, type Play } from './demo/play';
import { hasDisplay, setStage } from './demo/stage';
import { setup } from './setup';

/** npm run demo: a server of its own with Juliet and the people around her, and Flint signed in as Juliet. */
const ends = new Ends();
/** A call to the keyring does not return: this process can only be killed. */
const kept = { hangs: false };

async function main(options: DemoOptions): Promise<void> {
  await setup({ servers: false });
  if (!(await build())) throw new Error('The build failed; its words are above.');
  const visible = hasDisplay() && !options.headless;
  const world = await startWorld(options.server);

  const { desktop } = await setStage(visible);
  ends.add(() => desktop.stop());
  const accounts: string[] = [];
  if (visible) ends.add(() => forget(accounts));
  const flint = await launchFlint({ desktop });
  ends.takeOverSignals();
  ends.add(() => flint.close());

  if (world) {
    const { server, play } = world;
    const shoot = camera(flint.page);
    await fillSignIn(flint.page, play, server.wsUrl);
    if (!visible) {
      console.log('There is no display here, so Flint is shown in pictures:');
      await shoot('sign-in');
    }
    await submitSignIn(flint.page);
    accounts.push(...(await accountIds(flint.page)));
    if (!visible) await takePictures(flint.page, play, shoot);
    if (visible) console.log('Flint is open, signed in as Juliet. Write to Romeo.');
  }
  if (options.once) return;
  console.log(
    visible
      ? 'Quit Flint, or press Ctrl+C here, to end it all.'
      : 'Flint goes on out of sight. Ctrl+C ends it all.',
  );
  await Promise.race([ends.asked, closed(flint)]);
}

interface World {
  readonly server: TestServer;
  readonly play: Play;
}

/** @returns undefined where the servers cannot be had, which then has been said in words */
async function startWorld(kind: ServerKind): Promise<World | undefined> {
  console.log(`Starting ${kind} on this machine alone …`);
  const server = await startServer(kind).catch((error: unknown) => {
    if (existsSync('/usr/bin/apt-get')) throw error;
    console.error(error instanceof Error ? error.message : error);
    console.error('Flint opens all the same: sign in with an account on a server of yours.');
    return undefined;
  });
  if (!server) return undefined;
  ends.add(() => server.stop());
  const play = await startPlay(server);
  ends.add(() => play.stop());
  console.log(`${server.kind} ${server.version} is at ${server.wsUrl}; Juliet is ${play.jid}.`);
  return { server, play };
}

function closed(flint: Launched): Promise<void> {
  return new Promise((resolve) => {
    flint.app.once('close', () => {
      resolve();
    });
  });
}

/** On the user's own desktop the keyring is the user's own too: nothing of the demo stays in it. */
async function forget(accounts: readonly string[]): Promise<void> {
  const keyring = createKeyring({ clock: systemClock });
  for (const id of accounts) {
    await keyring.delete(`password:${id}`);
    await keyring.delete(`store-key:${id}`);
  }
  kept.hangs = keyring.busy();
}

const options = readOptions(process.argv.slice(2));
if (options === undefined) {
  console.error(USAGE);
  process.exitCode = 1;
} else {
  ends.takeOverSignals();
  try {
    await Promise.race([main(options), ends.asked]);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
  await ends.run();
  if (kept.hangs) process.kill(process.pid, 'SIGKILL');
  process.exit();
}
