import { app } from 'electron';
import { join } from 'node:path';
import { compose } from './compose';
import { registerSchemes } from './desktop/app-protocol';
import { HIDDEN_SWITCH } from './desktop/autostart';
import { raiseWalls } from './desktop/walls';

/** The folder that holds out/ and assets/: the project, or the packaged app's archive. */
const root = join(import.meta.dirname, '..', '..');

/** R18: one Flint for each data folder. A second start only shows the first one's window. */
if (app.requestSingleInstanceLock()) start();
else app.exit(0);

function start(): void {
  app.setAppUserModelId('org.flint_messenger.Flint');
  // Tests that run as root switch Chromium's sandbox off, and then this would end every process at its start.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  registerSchemes();
  // macOS hands a program that it starts with the session no arguments, and tells it that it did.
  const atLogin = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
  const hidden = process.argv.includes(HIDDEN_SWITCH) || atLogin;
  const walls = raiseWalls((url) => void flint.then(({ openLink }) => openLink(url)));
  const flint = app.whenReady().then(() => compose({ root, hidden, wasPressed: walls.wasPressed }));
  const show = (): void => void flint.then((running) => void running.show());
  const follow = (argv: readonly string[]): void => void flint.then((running) => void running.follow(argv));
  follow(process.argv);
  app.on('second-instance', (_event, argv) => {
    show();
    follow(argv);
  });
  // How macOS hands a link over.
  app.on('open-url', (event, url) => {
    event.preventDefault();
    show();
    follow([url]);
  });
  app.on('activate', show);
  // Without a listener Electron quits with the last window, and Flint stays in the tray.
  app.on('window-all-closed', () => undefined);
  flint.catch((error: unknown) => {
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.name) : 'Flint could not start'}\n`,
    );
    app.exit(1);
  });
}
