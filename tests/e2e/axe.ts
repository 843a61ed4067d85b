import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

/** Until nothing moves but what moves for ever: a colour on its way is no colour of the page. */
export const stillness = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await document.fonts.ready;
    const finite = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(finite.map((one) => one.finished));
  });

/**
 * Throws, with the elements, if axe objects to anything that the page shows now. A tip lies over all and is read as the
 * description of what it is about: it needs no landmark.
 */
export async function checkWithAxe(page: Page): Promise<void> {
  await stillness(page);
  const { violations } = await new AxeBuilder({ page }).exclude('.tip').setLegacyMode().analyze();
  if (violations.length === 0) return;
  const lines = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 240)).join(' | ')}`,
  );
  throw new Error(`axe objects:\n${lines.join('\n')}`);
}
