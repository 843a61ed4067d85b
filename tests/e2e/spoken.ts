import type { Page } from 'playwright';

/** The words of the message with that text, in the order of Chromium’s accessibility tree. */
export const spoken = async (page: Page, text: string): Promise<readonly string[]> => {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const nameOf = (node: (typeof nodes)[number]): string => String(node.name?.value ?? '').trim();
  const wordsIn = (node: (typeof nodes)[number]): readonly string[] => [
    ...(node.role?.value === 'StaticText' || node.role?.value === 'image' ? [nameOf(node)] : []),
    ...(node.childIds ?? []).flatMap((id) => {
      const child = byId.get(id);
      return child ? wordsIn(child) : [];
    }),
  ];
  const articles = nodes.filter(({ role }) => role?.value === 'article').map(wordsIn);
  return articles.find((words) => words.some((word) => word.includes(text))) ?? [];
};
