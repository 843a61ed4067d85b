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

export const CLIENT = 'jabber:client';
