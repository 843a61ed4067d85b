import { launchFlint, type Launched } from '../tests/desktop/app';
import { startServer } from '../tests/servers/start-server';
import { build } from './build';
import { fillSignIn, signOut, submitSignIn } from './demo/drive';
import { Ends } from './demo/ends';
import { readOptions, USAGE, type DemoOptions } from './demo/options';
import { camera, takePictures } from './demo/pictures';
import { startPlay } from './demo/play';
import { hasDisplay, setStage } from './demo/stage';
import { setup } from './setup';

/** npm run demo: a server of its own with Juliet and the people around her, and Flint signed in as Juliet. */
const ends = new Ends();

async function main(options: DemoOptions): Promise<void> {
  await setup({ servers: false });
  if (!(await build())) throw new Error('The build failed; its words are above.');
  const visible = hasDisplay() && !options.headless;

  console.log(`Starting ${options.server} on this machine alone …`);
  const server = await startServer(options.server);
  ends.add(() => server.stop());
  const play = await startPlay(server);
  ends.add(() => play.stop());
  console.log(`${server.kind} ${server.version} is at ${server.wsUrl}; Juliet is ${play.jid}.`);

  const { desktop } = await setStage(visible);
  ends.add(() => desktop.stop());
  const flint = await launchFlint({ desktop });
  ends.takeOverSignals();
  ends.add(() => leave(flint, visible));

  const shoot = camera(flint.page);
  await fillSignIn(flint.page, play, server.wsUrl);
  if (!visible) {
    console.log('There is no display here, so Flint is shown in pictures:');
    await shoot('sign-in');
  }
  await submitSignIn(flint.page);
  if (!visible) await takePictures(flint.page, play, shoot);
  if (options.once) return;
  console.log(
    visible
      ? 'Flint is open, signed in as Juliet. Write to Romeo. Quit Flint, or press Ctrl+C here, to end it all.'
      : 'Flint goes on out of sight. Ctrl+C ends it all.',
  );
  await Promise.race([ends.asked, closed(flint)]);
}

function closed(flint: Launched): Promise<void> {
  return new Promise((resolve) => {
    flint.app.once('close', () => {
      resolve();
    });
  });
}

/** On the user's own desktop the keyring is the user's own too: nothing of the demo stays in it. */
async function leave(flint: Launched, visible: boolean): Promise<void> {
  if (visible && !flint.page.isClosed()) await signOut(flint.page).catch(() => undefined);
  await flint.close();
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
  process.exit();
}
