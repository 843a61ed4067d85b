import { Element } from '@xmpp/xml';

const piece = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/y;
const attribute = /([\w:-]+)="([^"]*)"/g;
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const plain = (text: string): string =>
  text.includes('&') ? text.replace(/&(\w+);/g, (all, name: string) => named[name] ?? all) : text;

/** What the client writes, as an element: its own writer writes plainly, so this is a fraction of what a whole parser costs. */
export const readFrame = (frame: string): Element => {
  let root: Element | null = null as Element | null;
  let open: Element | null = null as Element | null;
  piece.lastIndex = 0;
  while (piece.lastIndex < frame.length) {
    const found = piece.exec(frame);
    if (!found || (root && !open)) throw new Error(`the client wrote ${frame}`);
    const [, end, name = '', written = '', empty, text] = found;
    if (text !== undefined) open?.t(plain(text));
    else if (end === '/') open = open?.parent ?? null;
    else {
      const attrs: Record<string, string> = {};
      for (const [, key = '', value = ''] of written.matchAll(attribute)) attrs[key] = plain(value);
      const element: Element = new Element(name, attrs);
      root ??= element;
      open?.cnode(element);
      if (empty !== '/') open = element;
    }
  }
  if (!root || open) throw new Error(`the client wrote ${frame}`);
  return root;
};
