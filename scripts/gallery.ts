import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build';
import { writeIndex } from './gallery/index-page';
import { keepScreens } from './gallery/keep-screens';
import { setup } from './setup';
import { inModules, root } from './support/paths';
import { runNode } from './support/run';

/**
 * npm run gallery [-- light,dark] [--screens]: every screen and state of Flint as a picture, in each of the variants
 * that are named (all when none is), and a page over them, in out/gallery. The specs that make them are in
 * tests/gallery. With --screens the few that README and docs show are copied to docs/screens.
 */
const folder = join(root, 'out', 'gallery');

async function main(args: readonly string[]): Promise<boolean> {
  const asked = args.find((arg) => !arg.startsWith('--'));
  await setup({ servers: true });
  if (!(await build())) throw new Error('The build failed; its words are above.');
  rmSync(folder, { recursive: true, force: true });
  const env = {
    ...process.env,
    FLINT_GALLERY: folder,
    ...(asked === undefined ? {} : { FLINT_GALLERY_VARIANTS: asked }),
  };
  const code = await runNode(inModules('vitest', 'vitest.mjs'), ['run', '--project', 'gallery'], env);
  console.log(`The gallery is at ${writeIndex(folder)}`);
  if (args.includes('--screens')) keepScreens(folder);
  return code === 0;
}

try {
  process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
