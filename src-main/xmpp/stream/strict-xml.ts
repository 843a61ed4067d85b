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

  /** @param cuts what goes beyond the limits is left out, and the element marked as cut, instead of refused */
  constructor(
    private readonly text: string,
    private readonly defaultNamespace?: string,
    private readonly most: FrameLimits = limits,
    private readonly cuts = false,
  ) {
    this.#builder = new Builder(most, cuts);
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
    if (text.length > most.frameBytes && !this.cuts) return { ok: false, reason: 'too-large' };
    if (!text.startsWith('<')) return { ok: false, reason: 'not-well-formed' };
    const end = Math.min(this.#read + length, text.length);
    try {
      this.#parser.write(text.slice(this.#read, end));
      this.#read = end;
      if (end < text.length) return null;
      this.#parser.close();
    } catch (error) {
      const reason = error instanceof Refused ? error.reason : 'not-well-formed';
      const rest =
        this.cuts && reason === 'too-large' ? this.#builder.soFar(this.text, this.defaultNamespace) : null;
      return rest ? { ok: true, element: rest } : { ok: false, reason };
    }
    const { root } = this.#builder;
    return root ? { ok: true, element: root } : { ok: false, reason: 'not-well-formed' };
  }

  #listen(parser: StrictSaxes): void {
    const builder = this.#builder;
    parser.on('attribute', (attribute) => builder.attribute(attribute));
    parser.on('opentag', (tag) => builder.open(tag));
    parser.on('closetag', () => builder.close());
    parser.on('text', (part) => builder.text(part));
    parser.on('cdata', (part) => builder.text(part));
  }
}

type AttributeSoFar = Pick<SaxesAttributeNS, 'name' | 'value'>;
/** What a stanza says of itself (RFC 6120 §8.1). */
const ofStanzas = new Set(['from', 'to', 'type', 'id', 'xml:lang', 'xmlns']);
/** Even what is left out takes time to read: a name is looked up in all levels above, attributes are compared with each other. */
const readable = { depth: 200, attributes: 5_000 };

class Builder {
  root: ParsedElement | null = null;
  readonly #stack: ParsedElement[] = [];
  readonly #ofRoot: Record<string, string> = {};
  /** How many levels of what is left out are open. */
  #skipped = 0;
  #elements = 0;
  #attributes = 0;
  #ofThisElement = 0;
  /** Characters that still fit, so that what the server says behind a long text is not lost with it. */
  readonly #room: { text: number; attributes: number };

  constructor(
    private readonly most: FrameLimits,
    private readonly cuts: boolean,
  ) {
    this.#room = { text: most.frameBytes, attributes: most.frameBytes };
  }

  /** Told of each attribute as it is read: an element with very many is refused before they are compared with each other. */
  attribute({ name, value }: AttributeSoFar): void {
    this.#attributes += 1;
    this.#ofThisElement += 1;
    if (!this.root && ofStanzas.has(name)) this.#ofRoot[name] = value;
    if (this.#hairy() && (!this.cuts || this.#ofThisElement > readable.attributes)) {
      throw new Refused('too-large');
    }
  }

  open(tag: SaxesTagNS): void {
    const parent = this.#stack.at(-1);
    const all = Object.values(tag.attributes);
    // Whose stanza has too much to say of itself is still to be known.
    const attributes = this.root || !this.#hairy() ? all : all.filter(({ name }) => ofStanzas.has(name));
    const hairy = attributes === all && this.#hairy();
    this.#elements += 1;
    this.#ofThisElement = 0;
    const size = attributes.reduce((sum, { value }) => sum + value.length, 0);
    if (
      this.#skipped > 0 ||
      hairy ||
      this.#stack.length >= this.most.depth ||
      (parent && parent.children.length >= this.most.children) ||
      this.#elements > this.most.elements ||
      size > this.#room.attributes
    ) {
      this.#skip();
      return;
    }
    this.#room.attributes -= size;
    const element = new ParsedElement(tag.local, tag.uri, attrsOf(tag.uri, parent, attributes));
    element.cut = attributes !== all;
    if (parent) parent.append(element);
    else this.root = element;
    this.#stack.push(element);
  }

  text(part: string): void {
    const element = this.#stack.at(-1);
    // White space after the root (anything else is an error of saxes), or the text of what is left out.
    if (!element || this.#skipped > 0) return;
    const last = element.children.length - 1;
    const before = element.children[last];
    const fits = this.#fitting(part);
    if (typeof before === 'string') element.children[last] = before + fits;
    else if (element.children.length >= this.most.children) this.#cut();
    else element.t(fits);
  }

  close(): void {
    if (this.#skipped > 0) this.#skipped -= 1;
    else this.#stack.pop();
  }

  /** What there is where reading ends before the end: of a stanza with too many attributes, those that say whose it is. */
  soFar(text: string, defaultNamespace: string | undefined): ParsedElement | null {
    const name = /^<([^\s/>:]+)\s/.exec(text)?.[1];
    const { xmlns = defaultNamespace, ...attributes } = this.#ofRoot;
    if (this.root) this.root.cut = true;
    else if (name !== undefined && xmlns !== undefined) {
      this.root = new ParsedElement(name, xmlns, { xmlns, ...attributes });
      this.root.cut = true;
    }
    return this.root;
  }

  #hairy(): boolean {
    return this.#ofThisElement > this.most.attributes || this.#attributes > this.most.attributesInAll;
  }

  /** As much of a text as there is room for, with a sign that there was more. */
  #fitting(part: string): string {
    if (part.length <= this.#room.text) {
      this.#room.text -= part.length;
      return part;
    }
    this.#cut();
    const fits = part.slice(0, this.#room.text).replace(/[\uD800-\uDBFF]$/, '');
    this.#room.text = 0;
    return `${fits}…`;
  }

  #skip(): void {
    this.#skipped += 1;
    this.#cut();
    if (this.#stack.length + this.#skipped > readable.depth) throw new Refused('too-large');
  }

  #cut(): void {
    if (!this.cuts || !this.root) throw new Refused('too-large');
    this.root.cut = true;
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
