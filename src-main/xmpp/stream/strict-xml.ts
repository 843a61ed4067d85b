/** One frame → one element, strictly: RFC 7395 §3.3, RFC 6120 §11.1 and the limits of T15, in a single pass. */
import { SaxesParser, type SaxesAttributeNS, type SaxesTagNS } from 'saxes';
import { limits, type FrameLimits } from './limits';
import { ParsedElement } from './parsed-element';

export type MalformedReason = 'not-well-formed' | 'restricted-xml' | 'too-large' | 'wrong-namespace';
export type Parsed =
  | { readonly ok: true; readonly element: ParsedElement }
  | { readonly ok: false; readonly reason: MalformedReason };

class Refused extends Error {
  constructor(readonly reason: MalformedReason) {
    super(reason);
  }
}
const refuse = (reason: MalformedReason) => (): never => {
  throw new Refused(reason);
};

/**
 * What no frame may hold is refused by all readers alike, so the class has these handlers: where a parser has more than six of
 * its own, V8 keeps its properties in a dictionary, and it reads half as fast.
 */
class StrictSaxes extends SaxesParser<{ xmlns: true; position: false }> {}
const everyReader = StrictSaxes.prototype;
for (const event of ['xmldecl', 'processinginstruction', 'doctype', 'comment'] as const) {
  everyReader.on(event, refuse('restricted-xml'));
}
everyReader.on('error', refuse('not-well-formed'));

/**
 * Parses a frame, or a line of the console: exactly one element, nothing before or after it. Never throws. What is in no
 * namespace is in `defaultNamespace`, where one is given.
 */
export const parseXml = (text: string, defaultNamespace?: string): Parsed =>
  new FrameReader(text, defaultNamespace).read(text.length) ?? { ok: false, reason: 'not-well-formed' };

/** Reads one element slice by slice, so that a large frame need not be read in one go. */
export class FrameReader {
  readonly #builder;
  readonly #parser;
  #read = 0;

  constructor(
    private readonly text: string,
    defaultNamespace?: string,
    private readonly most: FrameLimits = limits,
  ) {
    this.#builder = new Builder(most);
    this.#parser = new StrictSaxes({
      xmlns: true,
      position: false,
      ...(defaultNamespace === undefined ? {} : { additionalNamespaces: { '': defaultNamespace } }),
    });
    this.#listen(this.#parser);
  }

  /** Reads on, by at most `length` characters: what the frame is, or null while there is more of it. Never throws. */
  read(length: number): Parsed | null {
    const { text, most } = this;
    if (text.length > most.frameBytes) return { ok: false, reason: 'too-large' };
    if (!text.startsWith('<')) return { ok: false, reason: 'not-well-formed' };
    const end = Math.min(this.#read + length, text.length);
    try {
      this.#parser.write(text.slice(this.#read, end));
      this.#read = end;
      if (end < text.length) return null;
      this.#parser.close();
    } catch (error) {
      return { ok: false, reason: error instanceof Refused ? error.reason : 'not-well-formed' };
    }
    const { root } = this.#builder;
    return root ? { ok: true, element: root } : { ok: false, reason: 'not-well-formed' };
  }

  #listen(parser: StrictSaxes): void {
    const builder = this.#builder;
    parser.on('attribute', () => builder.attribute());
    parser.on('opentag', (tag) => builder.open(tag));
    parser.on('closetag', () => builder.close());
    parser.on('text', (part) => builder.text(part));
    parser.on('cdata', (part) => builder.text(part));
  }
}

class Builder {
  root: ParsedElement | null = null;
  readonly #stack: ParsedElement[] = [];
  #elements = 0;
  #attributes = 0;
  #ofThisElement = 0;

  constructor(private readonly most: FrameLimits) {}

  /** Told of each attribute as it is read: an element with very many is refused before they are compared with each other. */
  attribute(): void {
    this.#attributes += 1;
    this.#ofThisElement += 1;
    if (this.#ofThisElement > this.most.attributes || this.#attributes > this.most.attributesInAll) {
      throw new Refused('too-large');
    }
  }

  open(tag: SaxesTagNS): void {
    const parent = this.#stack.at(-1);
    this.#elements += 1;
    this.#ofThisElement = 0;
    if (
      this.#stack.length >= this.most.depth ||
      (parent && parent.children.length >= this.most.children) ||
      this.#elements > this.most.elements
    ) {
      throw new Refused('too-large');
    }
    const element = new ParsedElement(
      tag.local,
      tag.uri,
      attrsOf(tag.uri, parent, Object.values(tag.attributes)),
    );
    if (parent) parent.append(element);
    else this.root = element;
    this.#stack.push(element);
  }

  text(part: string): void {
    const element = this.#stack.at(-1);
    if (!element) return; // white space after the root; anything else is an error of saxes
    const last = element.children.length - 1;
    const before = element.children[last];
    if (typeof before === 'string') element.children[last] = before + part;
    else if (element.children.length >= this.most.children) throw new Refused('too-large');
    else element.t(part);
  }

  close(): void {
    this.#stack.pop();
  }
}

/** Attributes as ltx holds them; `xmlns` wherever the namespace is not the parent's, so that writing gives the same again. */
const attrsOf = (
  uri: string,
  parent: ParsedElement | undefined,
  attributes: readonly SaxesAttributeNS[],
): Record<string, string> => {
  const attrs: Record<string, string> = {};
  if (!parent || parent.getNS() !== uri) attrs['xmlns'] = uri;
  for (const { name, value } of attributes) if (name !== 'xmlns') attrs[name] = value;
  return attrs;
};
