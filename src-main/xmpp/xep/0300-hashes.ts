/** Hashes of files, XEP-0300. */
import { attr, children, xml, type Element } from '../element';

export const HASHES = 'urn:xmpp:hashes:2';

/** Those that we can tell, by their names there (§4), the strongest first, and their bytes. */
const sizes = { 'sha-512': 64, 'sha-256': 32, 'sha-1': 20 } as const;
export type HashAlgo = keyof typeof sizes;
export const hashAlgos = ['sha-512', 'sha-256', 'sha-1'] as const satisfies readonly HashAlgo[];

export interface NamedHash {
  readonly algo: HashAlgo;
  /** Lower case hexadecimal. */
  readonly hex: string;
}

/** §5: what a client says of itself that knows them. */
export const hashFeatures: readonly string[] = [
  HASHES,
  ...hashAlgos.map((algo) => `urn:xmpp:hash-function-text-names:${algo}`),
];

export const hashElement = ({ algo, hex }: NamedHash): Element =>
  xml('hash', { xmlns: HASHES, algo }, Buffer.from(hex, 'hex').toString('base64'));

/** The hashes in an element: the ones that are told, and the algorithms that are named at least (XEP-0234 §5 has them empty). */
export const parseHashes = (
  around: Element,
): { readonly told: readonly NamedHash[]; readonly named: readonly HashAlgo[] } => {
  const given = children(around, 'hash', HASHES);
  const of = (algo: HashAlgo): readonly Element[] => given.filter((one) => attr(one, 'algo') === algo);
  return {
    told: hashAlgos.flatMap((algo) => {
      const bytes = Buffer.from(of(algo)[0]?.getText().trim() ?? '', 'base64');
      return bytes.length === sizes[algo] ? [{ algo, hex: bytes.toString('hex') }] : [];
    }),
    named: hashAlgos.filter((algo) => of(algo).length > 0),
  };
};
