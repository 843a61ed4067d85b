import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { root } from '../support/paths';
import { change, openChat, write } from './drive';
import type { Play } from './play';

/** Lists and animations come to rest. */
const REST_MS = 600;

/** Takes pictures of the page and says where each one is. */
export function camera(page: Page): (name: string) => Promise<void> {
  const dir = join(root, 'out', 'demo');
  mkdirSync(dir, { recursive: true });
  return async (name) => {
    // Nothing lies under the pointer.
    await page.mouse.move(0, 0);
    await page.waitForTimeout(REST_MS);
    const path = join(dir, `${name}.png`);
    await page.screenshot({ path });
    console.log(`  ${name.padEnd(12)} ${path}`);
  };
}

/** Walks through Flint, signed in as Juliet, and takes a picture at every stop. */
export async function takePictures(
  page: Page,
  play: Play,
  shoot: (name: string) => Promise<void>,
): Promise<void> {
  await shoot('main');
  const romeo = 'Romeo Montague';
  await openChat(page, romeo);
  for (const text of ['Good morning! I am 🙂', 'Is seven o’clock all right?']) {
    const before = await page.getByText(text).count();
    await write(page, romeo, text);
    await page.getByText(text).nth(before).waitFor();
    await answered(page, play);
  }
  await shoot('conversation');
  await change(page, { theme: 'dark' });
  await shoot('dark');
  await change(page, { language: 'zh-CN' });
  await shoot('chinese');
  await change(page, { theme: 'light' });
  await shoot('chinese-light');
  await change(page, { theme: 'system', language: 'system' });
}

/** Waits for Romeo's answer to be on the screen. */
async function answered(page: Page, play: Play): Promise<void> {
  const answer = await play.romeoAnswered();
  await page.getByText(answer).last().waitFor();
}
