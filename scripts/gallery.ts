import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build';
import { writeIndex } from './gallery/index-page';
import { setup } from './setup';
import { inModules, root } from './support/paths';
import { runNode } from './support/run';

/**
 * npm run gallery [-- light,dark]: every screen and state of Flint as a picture, in each of the variants that are named
 * (all when none is), and a page over them, in out/gallery. The specs that make them are in tests/gallery.
 */
const folder = join(root, 'out', 'gallery');

async function main(asked: string | undefined): Promise<boolean> {
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
  return code === 0;
}

try {
  process.exitCode = (await main(process.argv[2])) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
