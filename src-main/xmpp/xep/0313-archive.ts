/** Message archive management, XEP-0313. */
import type { ArchivePreferences } from '../../../src-shared/model/history';
import { attr, child, children, xml, type Element } from '../element';
import { parseResultSet, resultSet, type PageOf, type ResultSet } from './0059-result-sets';
import { parseForwarded, type Forwarded } from './0297-forwarding';
import { readId } from './0359-stanza-ids';

export const MAM = 'urn:xmpp:mam:2';
/** §4.2: `<metadata/>`, among others. */
export const MAM_EXTENDED = `${MAM}#extended`;
const FORM = 'jabber:x:data';

/** Which entries are asked for; times are epoch milliseconds, both inclusive. */
export interface ArchiveQuery {
  /** Bare JID of the other side, or null: the whole account. */
  readonly with: string | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly page: PageOf;
  readonly max: number;
}

const stamp = (at: number): string => new Date(at).toISOString();

/** §4.1: a query under an id that nobody else can know (T3). */
export const archiveQuery = (
  queryId: string,
  { with: peer, start, end, page, max }: ArchiveQuery,
): Element => {
  const field = (name: string, value: string | null, type?: string): Element | null =>
    value === null ? null : xml('field', { var: name, type }, xml('value', {}, value));
  return xml(
    'query',
    { xmlns: MAM, queryid: queryId },
    xml(
      'x',
      { xmlns: FORM, type: 'submit' },
      field('FORM_TYPE', MAM, 'hidden'),
      field('with', peer),
      field('start', start === null ? null : stamp(start)),
      field('end', end === null ? null : stamp(end)),
    ),
    resultSet(page, max),
  );
};

/** §4.2: an entry of the answer; `forwarded` is null when there is no message in it. */
export interface ArchiveResult {
  readonly queryId: string | null;
  readonly id: string | null;
  readonly forwarded: Forwarded | null;
}

/** What claims to be an entry (whether it counts is isExpectedResult's to say); null: the stanza is none. */
export const parseResult = (stanza: Element): ArchiveResult | null => {
  const result = child(stanza, 'result', MAM);
  if (!result) return null;
  return {
    queryId: attr(result, 'queryid') ?? null,
    id: readId(result),
    forwarded: parseForwarded(result),
  };
};

export interface Fin extends ResultSet {
  /** Nothing more is there on that side (§4.2). */
  readonly complete: boolean;
}

export const parseFin = (iq: Element): Fin | null => {
  const fin = child(iq, 'fin', MAM);
  return fin ? { ...parseResultSet(fin), complete: attr(fin, 'complete') === 'true' } : null;
};

export const metadataGet = (): Element => xml('metadata', { xmlns: MAM });

/** §4.3: time of the oldest entry (epoch milliseconds); null when the archive is empty, or the answer unreadable. */
export const parseOldest = (iq: Element): number | null => {
  const metadata = child(iq, 'metadata', MAM);
  const start = metadata && child(metadata, 'start', MAM);
  const at = Date.parse((start && attr(start, 'timestamp')) ?? '');
  return Number.isNaN(at) ? null : at;
};

export const preferencesGet = (): Element => xml('prefs', { xmlns: MAM });

export const preferencesSet = ({ default: rule, always, never }: ArchivePreferences): Element =>
  xml(
    'prefs',
    { xmlns: MAM, default: rule },
    xml('always', {}, ...always.map((jid) => xml('jid', {}, jid))),
    xml('never', {}, ...never.map((jid) => xml('jid', {}, jid))),
  );

/** §6; null when the answer holds none. */
export const parsePreferences = (iq: Element): ArchivePreferences | null => {
  const prefs = child(iq, 'prefs', MAM);
  const rule = prefs && attr(prefs, 'default');
  if (!prefs || (rule !== 'always' && rule !== 'never' && rule !== 'roster')) return null;
  const list = (name: string): readonly string[] => {
    const found = child(prefs, name, MAM);
    return found ? children(found, 'jid', MAM).map((jid) => jid.getText()) : [];
  };
  return { default: rule, always: list('always'), never: list('never') };
};
