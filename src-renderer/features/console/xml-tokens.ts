/** A piece of XML for the eye. Whatever is not understood is text: the console shows broken XML too. */
export interface XmlToken {
  readonly kind: 'punctuation' | 'name' | 'attribute' | 'value' | 'text';
  readonly text: string;
}

const piece =
  /(?<comment><!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$))|(?<open><[/?]?)(?<name>[^\s<>/"'=]+)(?<rest>(?:\s+[^\s<>/"'=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)(?<space>\s*)(?<close>[/?]?>)/g;
const attribute = /(\s+)([^\s<>/"'=]+)(\s*=\s*)("[^"]*"|'[^']*')/g;

interface Tag {
  readonly tokens: readonly XmlToken[];
  readonly role: 'start' | 'end' | 'empty';
}

const tag = (groups: Readonly<Record<string, string>>): Tag => {
  const open = groups['open'] ?? '';
  const close = groups['close'] ?? '';
  const tokens: XmlToken[] = [
    { kind: 'punctuation', text: open },
    { kind: 'name', text: groups['name'] ?? '' },
  ];
  for (const [, , name, equals, value] of (groups['rest'] ?? '').matchAll(attribute))
    tokens.push(
      { kind: 'text', text: ' ' },
      { kind: 'attribute', text: name ?? '' },
      { kind: 'punctuation', text: (equals ?? '').trim() },
      { kind: 'value', text: value ?? '' },
    );
  tokens.push({ kind: 'punctuation', text: close });
  return { tokens, role: open === '</' ? 'end' : close === '>' ? 'start' : 'empty' };
};

/** XML cut into tags and text between them, in order. */
const parts = (xml: string): readonly (Tag | string)[] => {
  const found: (Tag | string)[] = [];
  let end = 0;
  for (const match of xml.matchAll(piece)) {
    if (match.index > end) found.push(xml.slice(end, match.index));
    found.push(match.groups?.['comment'] ?? tag(match.groups as Record<string, string>));
    end = match.index + match[0].length;
  }
  if (end < xml.length) found.push(xml.slice(end));
  return found;
};

/** Deeper than this a line moves no further to the right. */
const deepest = 16;

/**
 * XML written one element a line and indented, an element that holds only text kept on its line; text is never
 * changed inside. White space between elements is dropped: it is of no meaning in a stream (RFC 6120 §11.7).
 */
export const prettyXml = (xml: string): readonly XmlToken[] => {
  const tokens: XmlToken[] = [];
  const all = parts(xml).filter((part) => typeof part !== 'string' || part.trim() !== '');
  let depth = 0;
  let inline = false;
  const newLine = (): void => {
    if (tokens.length > 0) tokens.push({ kind: 'text', text: `\n${'  '.repeat(Math.min(depth, deepest))}` });
  };
  for (const [index, part] of all.entries()) {
    if (typeof part === 'string') {
      const before = all[index - 1];
      const after = all[index + 1];
      inline =
        typeof before === 'object' &&
        before.role === 'start' &&
        typeof after === 'object' &&
        after.role === 'end';
      if (!inline) newLine();
      tokens.push({ kind: 'text', text: inline ? part : part.trim() });
      continue;
    }
    const before = all[index - 1];
    const empty = typeof before === 'object' && before.role === 'start' && part.role === 'end';
    if (part.role === 'end') depth = Math.max(0, depth - 1);
    if (!(part.role === 'end' && (inline || empty))) newLine();
    inline = false;
    tokens.push(...part.tokens);
    if (part.role === 'start') depth += 1;
  }
  return tokens;
};
