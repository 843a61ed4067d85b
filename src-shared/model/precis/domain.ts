/** Domain parts: names of letters (IDNA2008 U-labels, RFC 7622 §3.2) and addresses of the internet. */
import { bidiHolds } from './bidi';
import { inIdentifier } from './classes';
import { contextsHold } from './context';
import { mapWidth } from './profiles';
import { decodePunycode, encodePunycode } from './punycode';

/** RFC 5892 §2.3 with what RFC 952 leaves of ASCII; the underscore is none of it, but names of office networks have it. */
const plainLabel = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$/;

const isUnicodeLabel = (label: string): boolean =>
  label !== '' &&
  !label.startsWith('-') &&
  !label.endsWith('-') &&
  label.slice(2, 4) !== '--' &&
  !/^\p{M}/u.test(label) &&
  [...label].every((one) => (one <= '\u007F' ? /[a-z0-9-]/.test(one) : inIdentifier(one))) &&
  contextsHold(label) &&
  bidiHolds(label) &&
  encodePunycode(label).length <= 59;

/** A label in the one form in which labels are compared; `xn--` ones as the letters that they stand for. */
const label = (text: string): string | null => {
  const mapped = text.toLowerCase().normalize('NFC');
  if (mapped.startsWith('xn--')) {
    const decoded = decodePunycode(mapped.slice(4));
    // One that encodes differently is no A-label (RFC 5890 §2.3.2.1): it would be a second way to write another name.
    const same = decoded !== null && encodePunycode(decoded) === mapped.slice(4);
    const canonical = same && decoded.toLowerCase().normalize('NFC') === decoded;
    return canonical && /\P{ASCII}/u.test(decoded) && isUnicodeLabel(decoded) ? decoded : null;
  }
  if (plainLabel.test(mapped)) return mapped.length <= 63 ? mapped : null;
  return isUnicodeLabel(mapped) ? mapped : null;
};

const literal = (text: string): string | null => {
  if (!/^\[[0-9a-f:.]+\]$/i.test(text) || !URL.canParse(`http://${text}/`)) return null;
  return new URL(`http://${text}/`).hostname;
};

/** The domain part in its one form: lower case, NFC, U-labels, no trailing dot; null when it is none. */
export const domainPart = (text: string): string | null => {
  if (text.startsWith('[')) return literal(text);
  const labels = mapWidth(text)
    .replace(/\u3002/g, '.')
    .replace(/\.$/, '')
    .split('.')
    .map(label);
  return labels.every((one) => one !== null) ? labels.join('.') : null;
};
