import { Element } from '@xmpp/xml';

/**
 * An ltx element that keeps the namespace which the parser resolved. ltx would work it out again from the attributes, and
 * differently (`xmlns=""` for one): two readings of one stanza are how smuggling starts (T14). The name is always local.
 */
export class ParsedElement extends Element {
  readonly #ns: string;
  /** It held more than a frame may (T15): what was within the limits is here. */
  cut = false;

  constructor(local: string, namespace: string, attrs: Readonly<Record<string, string>>) {
    super(local, attrs);
    this.#ns = namespace;
  }

  override getNS(): string {
    return this.#ns;
  }

  override findNS(prefix?: string): string | undefined {
    return prefix ? super.findNS(prefix) : this.#ns;
  }
}

/** Whether a part of it was left out for its size, or its depth (T15). */
export const isCut = (element: Element): boolean => element instanceof ParsedElement && element.cut;
