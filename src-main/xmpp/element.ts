import createElement, { type Element } from '@xmpp/xml';

export type { Element };

/** An element; attributes and children that are null or undefined are left out. */
export const xml = (
  name: string,
  attrs: Readonly<Record<string, string | null | undefined>>,
  ...content: readonly (Element | string | null | undefined)[]
): Element =>
  createElement(name, { ...attrs }, ...content.filter((node) => node !== null && node !== undefined));

/** An attribute as text; undefined when it is not there. */
export const attr = (element: Element, name: string): string | undefined => {
  const value: unknown = element.attrs[name];
  return typeof value === 'string' ? value : undefined;
};

/** A child by name and namespace, never by name alone (T14). */
export const child = (element: Element, name: string, namespace: string): Element | undefined =>
  element.getChildElements().find((candidate) => candidate.is(name, namespace));

/** Text of such a child; null when it is not there. */
export const childText = (element: Element, name: string, namespace: string): string | null =>
  child(element, name, namespace)?.getText() ?? null;

export const children = (element: Element, name: string, namespace: string): readonly Element[] =>
  element.getChildElements().filter((candidate) => candidate.is(name, namespace));

/**
 * A copy that can be sent, of something that was read: each namespace is written out where it changes, and prefixes (other
 * than `xml:`) are gone, for what they stood for was declared further up.
 *
 * @param around namespace of the element that it is to stand in
 */
export const copyOf = (element: Element, around: string | undefined): Element => {
  const namespace = element.getNS();
  const attrs = Object.entries(element.attrs as Readonly<Record<string, unknown>>).filter(
    (pair): pair is [string, string] =>
      typeof pair[1] === 'string' &&
      pair[0] !== 'xmlns' &&
      (!pair[0].includes(':') || pair[0] === 'xml:lang'),
  );
  return xml(
    element.getName(),
    { ...Object.fromEntries(attrs), xmlns: namespace === around ? undefined : namespace },
    ...element.children.map((part) => (typeof part === 'string' ? part : copyOf(part, namespace))),
  );
};

export const CLIENT = 'jabber:client';
