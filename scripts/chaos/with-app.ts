import { appSubject } from '../../tests/fault/chaos/app-subject';
import type { Subject } from '../../tests/fault/chaos/subject';
import { startDesktop } from '../../tests/desktop/desktop';
import { build } from '../build';

/** Builds the app, and runs it on a desktop of its own for as long as it takes. */
export async function withApp(run: (subject: () => Promise<Subject>) => Promise<void>): Promise<void> {
  if (!(await build())) throw new Error('The build failed; its words are above.');
  const desktop = await startDesktop();
  try {
    await run(() => appSubject(desktop));
  } finally {
    await desktop.stop();
  }
}
