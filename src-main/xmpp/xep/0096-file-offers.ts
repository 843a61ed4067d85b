/** Files offered by one client to another: stream initiation (XEP-0095) with the profile for files (XEP-0096). */
import { attr, child, children, childText, xml, type Element } from '../element';
import { IBB } from './0047-bytestreams';
import { iqError } from './6120-stanza-error';

export const SI = 'http://jabber.org/protocol/si';
export const SI_FILE = 'http://jabber.org/protocol/si/profile/file-transfer';
const NEGOTIATION = 'http://jabber.org/protocol/feature-neg';
const FORM = 'jabber:x:data';
const METHOD = 'stream-method';

export interface FileOffer {
  /** Names the offer, and the stream that comes of it. */
  readonly sid: string;
  /** As its sender wrote it. */
  readonly name: string;
  readonly size: number;
  /** Media type; null: it is not said. */
  readonly type: string | null;
  /** MD5, lower case hexadecimal; null: it is not said. */
  readonly md5: string | null;
}

const negotiation = (type: 'form' | 'submit', field: Element): Element =>
  xml('feature', { xmlns: NEGOTIATION }, xml('x', { xmlns: FORM, type }, field));

/** XEP-0096 §3: in-band is the one way that needs nothing but the two servers. */
export const offerFile = ({ sid, name, size, type, md5 }: FileOffer): Element =>
  xml(
    'si',
    { xmlns: SI, id: sid, profile: SI_FILE, 'mime-type': type },
    xml('file', { xmlns: SI_FILE, name, size: String(size), hash: md5 }),
    negotiation(
      'form',
      xml('field', { var: METHOD, type: 'list-single' }, xml('option', {}, xml('value', {}, IBB))),
    ),
  );

const fieldsOf = (si: Element): readonly Element[] => {
  const feature = child(si, 'feature', NEGOTIATION);
  const form = feature && child(feature, 'x', FORM);
  return form ? children(form, 'field', FORM).filter((field) => attr(field, 'var') === METHOD) : [];
};

const MAX_SID = 200;
const MAX_NAME = 1_000;

/** What an IQ offers: a file; `bad`: one that cannot be taken as it is said; `no-stream`: on no way that we have. Null: nothing. */
export const parseFileOffer = (iq: Element): FileOffer | 'bad' | 'no-stream' | null => {
  const si = attr(iq, 'type') === 'set' ? child(iq, 'si', SI) : undefined;
  if (!si || attr(si, 'profile') !== SI_FILE) return null;
  const file = child(si, 'file', SI_FILE);
  const [sid = '', type] = [attr(si, 'id'), attr(si, 'mime-type')];
  const [name = '', size = '', hash = ''] = file
    ? ['name', 'size', 'hash'].map((one) => attr(file, one))
    : [];
  const bytes = /^\d{1,16}$/.test(size) ? Number(size) : NaN;
  if (sid === '' || sid.length > MAX_SID || name === '' || name.length > MAX_NAME) return 'bad';
  if (!Number.isSafeInteger(bytes)) return 'bad';
  const ways = fieldsOf(si).flatMap((field) =>
    children(field, 'option', FORM).map((option) => childText(option, 'value', FORM)?.trim()),
  );
  if (!ways.includes(IBB)) return 'no-stream';
  const md5 = /^[0-9a-f]{32}$/i.test(hash) ? hash.toLowerCase() : null;
  const known = type !== undefined && /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type);
  return { sid, name, size: bytes, type: known ? type.toLowerCase() : null, md5 };
};

/** XEP-0095 §3: the answer that takes the offer. */
export const takeOffer = (): Element =>
  xml('si', { xmlns: SI }, negotiation('submit', xml('field', { var: METHOD }, xml('value', {}, IBB))));

/** Whether an answer takes an offer of ours, on the way that we named. */
export const isTaken = (iq: Element): boolean => {
  const si = child(iq, 'si', SI);
  return si !== undefined && fieldsOf(si).some((field) => childText(field, 'value', FORM)?.trim() === IBB);
};

/** XEP-0095 §3.2. */
export const declineOffer = (iq: Element): Element => iqError(iq, 'forbidden', 'cancel');

export const noStream = (iq: Element): Element => {
  const answer = iqError(iq, 'bad-request', 'cancel');
  answer.getChildElements()[0]?.append(xml('no-valid-streams', { xmlns: SI }));
  return answer;
};
