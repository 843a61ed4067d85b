import { createHash } from 'node:crypto';

/** What the server's features offered before SASL. */
export interface Offer {
  readonly mechanisms: readonly string[];
  /** XEP-0440. */
  readonly channelBindings: readonly string[];
}

/** XEP-0474 §4: the hash that a server puts into its first message, over what it offered; another one means a downgrade. */
export const ssdpHash = (hash: string, offer: Offer): string => {
  const list = (names: readonly string[]): string => [...names].sort(byBytes).join('\u001E');
  const bindings = offer.channelBindings.length > 0 ? `\u001F${list(offer.channelBindings)}` : '';
  return createHash(hash)
    .update(list(offer.mechanisms) + bindings)
    .digest('base64');
};

const byBytes = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));
