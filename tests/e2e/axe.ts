import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

/**
 * Throws, with the elements, if axe objects to anything that the page shows now. A tip lies over all and is read as the
 * description of what it is about: it needs no landmark.
 */
export async function checkWithAxe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude('.tip').setLegacyMode().analyze();
  if (violations.length === 0) return;
  const lines = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 240)).join(' | ')}`,
  );
  throw new Error(`axe objects:\n${lines.join('\n')}`);
}
