/** What the XML console and reports show of a frame: secrets are replaced in the element, never by a pattern in the text (T25). */
import { Element } from '@xmpp/xml';
import { ns } from './namespaces';

const hidden = '[hidden]';

/** The frame as text with its secrets replaced; `raw`, the text as it came, is used where there is nothing to hide. */
export const redactedXml = (element: Element, raw?: string): string =>
  holdsSecret(element) ? copy(element).toString() : (raw ?? element.toString());

const holdsSecret = (element: Element): boolean =>
  isSecretText(element) ||
  element.attrs['token'] !== undefined ||
  element.children.some((child) => typeof child !== 'string' && holdsSecret(child));

/** SASL's own elements, XEP-0077 and XEP-0045 passwords, XEP-0004 fields typed in secret, XEP-0078 digests. */
const isSecretText = (element: Element): boolean => {
  if (element.children.length === 0) return false;
  const name = element.getName();
  const namespace = element.getNS();
  if (namespace === ns.sasl) return ['auth', 'challenge', 'response', 'success'].includes(name);
  if (namespace === ns.sasl2) {
    return ['initial-response', 'challenge', 'response', 'additional-data'].includes(name);
  }
  if (name === 'password' || name === 'digest') return true;
  if (name !== 'field' || namespace !== ns.dataForm) return false;
  return element.attrs['type'] === 'text-private' || element.attrs['var'] === 'password';
};

const copy = (element: Element): Element => {
  const attrs: Record<string, unknown> = { ...element.attrs };
  if (attrs['token'] !== undefined) attrs['token'] = hidden;
  const twin = new Element(element.name, attrs);
  if (isSecretText(element)) return twin.t(hidden);
  for (const child of element.children) twin.append(typeof child === 'string' ? child : copy(child));
  return twin;
};
