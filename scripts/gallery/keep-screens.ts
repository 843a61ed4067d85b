import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/paths';

/** The few pictures that are committed, for README and docs: at most twelve, none above 200 kB. */
const screens = {
  'chat-light': 'light/11-conversation',
  'room-dark': 'dark/80-room',
  'sign-in-light': 'light/05-failure',
  'palette-light': 'light/39-palette-query',
  'files-light': 'light/ad-upload',
  'settings-dark': 'dark/50-settings-appearance',
  'chat-zh-CN': 'zh-CN/11-conversation',
  'chat-right-to-left': 'rtl/11-conversation',
} as const;
const MOST_BYTES = 200_000;

/** Copies those that the run has made into docs/screens; one that is too big stays out, and is named. */
export function keepScreens(folder: string): void {
  const target = join(root, 'docs', 'screens');
  mkdirSync(target, { recursive: true });
  for (const [name, picture] of Object.entries(screens)) {
    const from = join(folder, `${picture}.png`);
    if (!existsSync(from)) console.warn(`${picture} was not taken.`);
    else if (statSync(from).size >= MOST_BYTES) console.warn(`${picture} is too big for docs/screens.`);
    else copyFileSync(from, join(target, `${name}.png`));
  }
}
