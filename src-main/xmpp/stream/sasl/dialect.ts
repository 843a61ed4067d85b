/** The two ways to carry SASL: RFC 6120 §6 and XEP-0388. Messages are bytes; what they say is the mechanism's. */
import { ns } from '../namespaces';
import { xml, type Element } from '../xml';

export type SaslReply =
  | { readonly kind: 'challenge'; readonly message: Buffer }
  | { readonly kind: 'success'; readonly message: Buffer | null; readonly element: Element }
  | { readonly kind: 'failure'; readonly condition: string; readonly text: string | null };

export interface Dialect {
  readonly auth: (mechanism: string, message: Buffer) => Element;
  readonly response: (message: Buffer) => Element;
  readonly abort: () => Element;
  /** Null: no element of SASL. */
  readonly read: (element: Element) => SaslReply | null;
}

const base64 = (message: Buffer): string => message.toString('base64');
const bytes = (text: string): Buffer => Buffer.from(text, 'base64');

/** RFC 6120 §6.5: the condition is always of RFC 6120's namespace, in XEP-0388 too; some servers forget it there. */
const failureIn = (element: Element): SaslReply => {
  const condition = element.getChildElements().find((child) => child.getName() !== 'text');
  const text = element.getChildElements().find((child) => child.getName() === 'text');
  return { kind: 'failure', condition: condition?.getName() ?? 'unknown', text: text?.getText() ?? null };
};

/** RFC 6120 §6.4. */
export const sasl: Dialect = {
  auth: (mechanism, message) => xml('auth', { xmlns: ns.sasl, mechanism }, base64(message)),
  response: (message) => xml('response', { xmlns: ns.sasl }, base64(message)),
  abort: () => xml('abort', { xmlns: ns.sasl }),
  read: (element) => {
    if (element.getNS() !== ns.sasl) return null;
    const text = element.getText();
    switch (element.getName()) {
      case 'challenge':
        return { kind: 'challenge', message: bytes(text) };
      case 'success':
        return { kind: 'success', message: text === '' ? null : bytes(text), element };
      case 'failure':
        return failureIn(element);
      default:
        return null;
    }
  },
};

/** XEP-0388 §2; `inline` is what is asked for beside it (§2.6). `<continue/>`, a second factor, is none that we have. */
export const sasl2 = (inline: () => readonly Element[]): Dialect => ({
  auth: (mechanism, message) =>
    xml(
      'authenticate',
      { xmlns: ns.sasl2, mechanism },
      xml('initial-response', { xmlns: ns.sasl2 }, base64(message)),
      ...inline(),
    ),
  response: (message) => xml('response', { xmlns: ns.sasl2 }, base64(message)),
  abort: () => xml('abort', { xmlns: ns.sasl2 }),
  read: (element) => {
    if (element.getNS() !== ns.sasl2) return null;
    switch (element.getName()) {
      case 'challenge':
        return { kind: 'challenge', message: bytes(element.getText()) };
      case 'success': {
        const data = element.getChildText('additional-data', ns.sasl2);
        return { kind: 'success', message: data === null ? null : bytes(data), element };
      }
      case 'failure':
        return failureIn(element);
      case 'continue':
        return { kind: 'failure', condition: 'continue', text: null };
      default:
        return null;
    }
  },
});
