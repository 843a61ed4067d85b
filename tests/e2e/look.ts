import { expect } from 'vitest';
import type { Page } from 'playwright';
import type { Settings } from '../../src-shared/model/settings';
import { shot } from '../desktop/app';
import { until } from '../desktop/child';
import { checkWithAxe, stillness } from './axe';
import { ask, settings, type Stage } from './support';

export const WIDE = { width: 1280, height: 820 };

/** Looks at the window: takes a picture, and finds nothing that axe or a narrow window would object to. */
export interface Look {
  readonly resize: (size: { readonly width: number; readonly height: number }) => Promise<void>;
  /** Runs in a window as narrow as a contact list. */
  readonly narrowly: (run: () => Promise<void>) => Promise<void>;
  /** Waits until nothing moves, the pointer out of the way. */
  readonly rest: () => Promise<void>;
  /** Nothing is wider than the window: there is never a bar to scroll sideways. */
  readonly fits: () => Promise<void>;
  /** That, and no violation of what axe looks for. */
  readonly check: () => Promise<void>;
  readonly look: (name: string) => Promise<void>;
  /** Looks with some settings changed, and puts them back. */
  readonly lookWith: (name: string, patch: Partial<Settings>, before?: () => Promise<void>) => Promise<void>;
  /** The same in dark, in Chinese and at 200 % text. */
  readonly lookAround: (name: string) => Promise<void>;
  /** In the system's own high contrast. */
  readonly lookForced: (name: string) => Promise<void>;
  readonly heading: (words: string) => Promise<void>;
}

export function lookAt(stage: Stage): Look {
  const page = (): Page => stage.page;
  const frames = (): Promise<void> =>
    page().evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
    );
  const resize = async (size: { readonly width: number; readonly height: number }): Promise<void> => {
    const content = await stage.flint.app.browserWindow(page());
    await content.evaluate((window: Electron.BrowserWindow, to) => {
      window.setMinimumSize(300, 300);
      window.setContentSize(to.width, to.height);
    }, size);
    const fits = ([width, height]: readonly number[]): true | undefined =>
      width === size.width && height === size.height ? true : undefined;
    await until('the size', async () => fits(await page().evaluate(() => [innerWidth, innerHeight])));
    // The page knows its size before it has told who listens for it.
    await frames();
  };
  /** Runs in a window as narrow as a contact list. */
  const narrowly = async (run: () => Promise<void>): Promise<void> => {
    await resize({ width: 380, height: 720 });
    try {
      await run();
    } finally {
      await resize(WIDE);
    }
  };
  const rest = async (): Promise<void> => {
    await page().mouse.move(0, 0);
    await stillness(page());
    await frames();
  };
  const fits = async (): Promise<void> => {
    expect(await page().evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  };
  const check = async (): Promise<void> => {
    await checkWithAxe(page());
    await fits();
  };
  /** A picture of what is on the screen, and no violation of what axe looks for. */
  const look = async (name: string): Promise<void> => {
    await rest();
    await shot(page(), name);
    await check();
  };
  /** Settings reach the page after main has taken them: until then it has the colours, or the sizes, of before. */
  const shows = async (patch: Partial<Settings>): Promise<void> => {
    const { settings: now } = (await ask(page(), 'app.state', {})).value;
    const wanted = [now.theme === 'system' ? null : now.theme, `${String(now.textSize)}%`];
    await until(`the page with ${JSON.stringify(patch)}`, async () => {
      const is = await page().evaluate(() => {
        const { dataset, style } = document.documentElement;
        return [dataset['theme'] ?? null, style.fontSize];
      });
      return is.join() === wanted.join() ? true : undefined;
    });
  };
  /** Looks with some settings changed, and puts them back. */
  const lookWith = async (
    name: string,
    patch: Partial<Settings>,
    before?: () => Promise<void>,
  ): Promise<void> => {
    const { settings: kept } = (await ask(page(), 'app.state', {})).value;
    await settings(page(), patch);
    try {
      await shows(patch);
      await before?.();
      await look(name);
    } finally {
      const back = Object.keys(patch).map((key) => [key, kept[key as keyof Settings]] as const);
      const restored: Partial<Settings> = Object.fromEntries(back);
      await settings(page(), restored);
      await shows(restored);
    }
  };
  const lookForced = async (name: string): Promise<void> => {
    await page().emulateMedia({ forcedColors: 'active' });
    try {
      await look(name);
    } finally {
      await page().emulateMedia({ forcedColors: null });
    }
  };
  const heading = (words: string): Promise<void> =>
    page().getByRole('heading', { name: words }).first().waitFor();

  const lookAround = async (name: string): Promise<void> => {
    await look(name);
    await lookWith(`${name}-dark`, { theme: 'dark' });
    await lookWith(`${name}-zh`, { language: 'zh-CN' }, async () => {
      await until('Chinese', async () =>
        (await page().evaluate(() => document.documentElement.lang)) === 'zh-CN' ? true : undefined,
      );
    });
    await lookWith(`${name}-200`, { textSize: 200 });
  };
  return { resize, narrowly, rest, fits, check, look, lookWith, lookAround, lookForced, heading };
}
