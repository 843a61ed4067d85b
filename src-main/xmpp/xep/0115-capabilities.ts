/** Entity capabilities, XEP-0115: what a client can do, by a hash in its presence. */
import { attr, child, xml, type Element } from '../element';
import { DISCO_INFO, type DiscoInfo } from './0030-disco';
import { IBB } from './0047-bytestreams';
import { AVATAR_METADATA } from './0084-avatar';
import { SI, SI_FILE } from './0096-file-offers';
import { notify } from './0163-pep';
import { JINGLE } from './0166-jingle';
import { TIME } from './0202-entity-time';
import { ATTENTION } from './0224-attention';
import { JINGLE_FILES } from './0234-jingle-files';
import { DIRECT_INVITATION } from './0249-direct-invitations';
import { JINGLE_IBB } from './0261-jingle-bytestreams';
import { CARBONS } from './0280-carbons';
import { hashFeatures } from './0300-hashes';
import { MARKERS } from './0333-markers';
import { REFERENCES } from './0372-references';
import { BOOKMARKS } from './0402-bookmarks';
import { SPOILER } from './0382-spoilers';
import { RETRACT } from './0424-retraction';
import { REACTIONS } from './0444-reactions';
import { REPLY } from './0461-replies';
import { READ_PLACES } from './0490-read-places';

const CAPS = 'http://jabber.org/protocol/caps';
/** Names the software (§5.1). */
export const CAPS_NODE = 'https://flint-messenger.org';

export interface Caps {
  readonly hash: string;
  readonly node: string;
  readonly ver: string;
}

/** Everything that Flint can do: the one list, for answers and for the hash. */
export const ownInfo: DiscoInfo = {
  identities: [{ category: 'client', type: 'pc', lang: '', name: 'Flint' }],
  features: [
    CAPS,
    DISCO_INFO,
    'http://jabber.org/protocol/chatstates',
    'jabber:iq:version',
    'urn:xmpp:message-correct:0',
    'urn:xmpp:ping',
    'urn:xmpp:receipts',
    TIME,
    ATTENTION,
    CARBONS,
    DIRECT_INVITATION,
    MARKERS,
    IBB,
    SI,
    SI_FILE,
    JINGLE,
    JINGLE_FILES,
    JINGLE_IBB,
    ...hashFeatures,
    REFERENCES,
    SPOILER,
    RETRACT,
    REACTIONS,
    REPLY,
    notify(AVATAR_METADATA),
    notify(BOOKMARKS),
    notify(READ_PLACES),
  ].sort(),
  forms: [],
};

/** Bytewise order (§5.1: i;octet). */
const byOctets = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const repeated = (list: readonly string[]): boolean => new Set(list).size !== list.length;

/**
 * The string that the hash is taken of (§5.1); null where an answer is ill-formed (§5.4: something twice), since such
 * answers can be made to have any hash (T30). `<` in a value would let two answers have one string: refused too.
 */
export const verificationString = (info: DiscoInfo): string | null => {
  const identities = info.identities.map(
    ({ category, type, lang, name }) => `${category}/${type}/${lang}/${name}`,
  );
  const forms = info.forms.flatMap((fields) => {
    const type = fields.get('FORM_TYPE')?.[0];
    return type === undefined ? [] : [{ type, fields }];
  });
  const all = [
    ...identities,
    ...info.features,
    ...forms.flatMap(({ fields }) => [...fields].flatMap(([name, values]) => [name, ...values])),
  ];
  if (repeated(identities) || repeated(info.features) || repeated(forms.map(({ type }) => type))) return null;
  if (all.some((part) => part.includes('<'))) return null;
  const parts = [
    ...identities.sort(byOctets),
    ...[...info.features].sort(byOctets),
    ...forms
      .sort((a, b) => byOctets(a.type, b.type))
      .flatMap(({ type, fields }) => [
        type,
        ...[...fields]
          .filter(([name]) => name !== 'FORM_TYPE')
          .sort(([a], [b]) => byOctets(a, b))
          .flatMap(([name, values]) => [name, ...[...values].sort(byOctets)]),
      ]),
  ];
  return parts.map((part) => `${part}<`).join('');
};

/** `<c/>` for a presence of ours; `ver` is the SHA-1 hash of ownInfo's string in base64. */
export const ownCaps = (ver: string): Element =>
  xml('c', { xmlns: CAPS, hash: 'sha-1', node: CAPS_NODE, ver });

export const parseCaps = (presence: Element): Caps | null => {
  const caps = child(presence, 'c', CAPS);
  const [hash, node, ver] = ['hash', 'node', 'ver'].map((name) => caps && attr(caps, name));
  return hash && node && ver ? { hash: hash.toLowerCase(), node, ver } : null;
};
