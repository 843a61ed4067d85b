import { Element, createElement } from '@xmpp/xml';

export { Element };

/** An element with children; text children as strings. */
export const xml = (
  name: string,
  attrs: Readonly<Record<string, string | undefined>>,
  ...children: readonly (Element | string)[]
): Element => createElement(name, attrs, ...children);
