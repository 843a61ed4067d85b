/**
 * npm run sounds: draws the app's sounds into assets/sounds. They are made by this code alone, and under the project's
 * licence. What it writes is committed; it runs only after a drawing has changed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { soundFiles } from './sounds/drawings';
import { root } from './support/paths';

const dir = join(root, 'assets', 'sounds');
mkdirSync(dir, { recursive: true });
for (const [name, bytes] of soundFiles()) writeFileSync(join(dir, name), bytes);
