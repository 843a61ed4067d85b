import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/support/paths';
import { until } from '../desktop/child';
import { lookAt, WIDE } from '../e2e/look';
import { ask, settings, type Stage } from '../e2e/support';
import { briefly, chosenVariants, plain, type Variant } from './variants';

/** Where the pictures go: one folder for each variant, one picture for each scene. */
export const galleryFolder = (): string => process.env['FLINT_GALLERY'] ?? join(root, 'out', 'gallery');

/** A screen in a state. It is opened in English, once, and looked at in every way. */
export interface Scene {
  /** File name, with its number in front for the order. */
  readonly name: string;
  readonly open: () => Promise<unknown>;
  /** Before each picture: brings into sight what it is about, for what is wider or larger moves it. */
  readonly each?: () => Promise<unknown>;
  /** Brings back what was there before. */
  readonly close?: () => Promise<unknown>;
  /** It is built of what other scenes show in every way: light, dark and Chinese do. */
  readonly brief?: true;
}

/** Narrow as the contact list of Spark. */
const NARROW = { width: 380, height: 720 };

export interface Gallery {
  /** Opens the scene, and takes its picture in every variant; axe looks at some of them. */
  readonly hang: (scene: Scene) => Promise<void>;
  readonly begin: () => Promise<void>;
}

export function gallery(stage: Stage): Gallery {
  const view = lookAt(stage);
  const chosen = chosenVariants();
  const put = async (variant: Variant, on: boolean): Promise<void> => {
    const { page } = stage;
    if (variant.settings) {
      await settings(page, on ? { ...plain, ...variant.settings } : plain);
      const { locale, settings: now } = (await ask(page, 'app.state', {})).value;
      const wanted = [locale, `${String(now.textSize)}%`, now.theme, now.density].join();
      await until('the window as it is set', async () => {
        const is = await page.evaluate(() => {
          const { lang, style, dataset } = document.documentElement;
          return [lang, style.fontSize, dataset['theme'], dataset['density']];
        });
        return is.join() === wanted ? true : undefined;
      });
    }
    if (variant.narrow) await view.resize(on ? NARROW : WIDE);
    if (variant.forced) await page.emulateMedia({ forcedColors: on ? 'active' : null });
  };
  const picture = async ({ id, axe }: Variant, name: string): Promise<void> => {
    await view.rest();
    const folder = join(galleryFolder(), id);
    mkdirSync(folder, { recursive: true });
    await stage.page.screenshot({ path: join(folder, `${name}.png`) });
    await (axe ? view.check() : view.fits());
  };
  return {
    begin: async () => {
      await view.resize(WIDE);
      await settings(stage.page, { ...plain, ownDomainKnown: false });
    },
    hang: async ({ name, open, each, close, brief }) => {
      await open();
      const wrong: string[] = [];
      for (const variant of brief ? chosen.filter(({ id }) => briefly.includes(id)) : chosen) {
        await put(variant, true);
        try {
          await each?.();
          await picture(variant, name);
        } catch (error) {
          // The other pictures are wanted all the same.
          wrong.push(`${variant.id}: ${error instanceof Error ? error.message : String(error)}`);
        } finally {
          await put(variant, false);
        }
      }
      await close?.();
      if (wrong.length > 0) throw new Error(wrong.join('\n'));
    },
  };
}
