/** Punycode, RFC 3492: `xn--` labels of the DNS as the letters that they stand for, and back. */
const base = 36;
const tMin = 1;
const tMax = 26;

const adapt = (delta: number, points: number, first: boolean): number => {
  let left = Math.floor(delta / (first ? 700 : 2));
  left += Math.floor(left / points);
  let k = 0;
  for (; left > ((base - tMin) * tMax) / 2; k += base) left = Math.floor(left / (base - tMin));
  return k + Math.floor(((base - tMin + 1) * left) / (left + 38));
};
const threshold = (k: number, bias: number): number => Math.max(tMin, Math.min(tMax, k - bias));
const digitOf = (character: string): number => {
  const digit = '0123456789'.indexOf(character);
  return digit >= 0 ? digit + 26 : 'abcdefghijklmnopqrstuvwxyz'.indexOf(character);
};
const characterOf = (digit: number): string => 'abcdefghijklmnopqrstuvwxyz0123456789'.charAt(digit);

/** Without the `xn--` and in lower case; null when it is not Punycode. */
export const decodePunycode = (text: string): string | null => {
  const dash = text.lastIndexOf('-');
  const points = dash > 0 ? [...text.slice(0, dash)].map((one) => one.charCodeAt(0)) : [];
  let point = 128;
  let index = 0;
  let bias = 72;
  for (let at = dash > 0 ? dash + 1 : 0; at < text.length;) {
    const before = index;
    for (let weight = 1, k = base; ; k += base) {
      const digit = digitOf(text.charAt(at));
      at += 1;
      if (digit < 0 || at > text.length) return null;
      index += digit * weight;
      if (index > 0x7fffffff) return null;
      const t = threshold(k, bias);
      if (digit < t) break;
      weight *= base - t;
    }
    const length = points.length + 1;
    bias = adapt(index - before, length, before === 0);
    point += Math.floor(index / length);
    index %= length;
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return null;
    points.splice(index, 0, point);
    index += 1;
  }
  return String.fromCodePoint(...points);
};

/** The Punycode of a label, without the `xn--`. */
export const encodePunycode = (label: string): string => {
  const points = [...label].map((one) => one.codePointAt(0) ?? 0);
  const basic = points.filter((one) => one < 128);
  let out = String.fromCodePoint(...basic) + (basic.length > 0 ? '-' : '');
  let point = 128;
  let delta = 0;
  let bias = 72;
  let handled = basic.length;
  while (handled < points.length) {
    const next = Math.min(...points.filter((one) => one >= point));
    delta += (next - point) * (handled + 1);
    point = next;
    for (const one of points) {
      if (one < point) delta += 1;
      if (one !== point) continue;
      let left = delta;
      for (let k = base; ; k += base) {
        const t = threshold(k, bias);
        if (left < t) break;
        out += characterOf(t + ((left - t) % (base - t)));
        left = Math.floor((left - t) / (base - t));
      }
      out += characterOf(left);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled += 1;
    }
    delta += 1;
    point += 1;
  }
  return out;
};
