/** Entity time, XEP-0202: what time it is where a client is, or at the server. */
import { child, childText, xml, type Element } from '../element';

export const TIME = 'urn:xmpp:time';

export const timeGet = (): Element => xml('time', { xmlns: TIME });

export const isTimeRequest = (iq: Element): boolean => child(iq, 'time', TIME) !== undefined;

const twoDigits = (value: number): string => String(Math.trunc(value)).padStart(2, '0');

/**
 * §4: the moment in UTC (XEP-0082), and the time zone.
 * @param at epoch milliseconds
 * @param offset minutes east of UTC
 */
export const timeAnswer = (at: number, offset: number): Element => {
  const minutes = Math.abs(offset);
  const zone = `${offset < 0 ? '-' : '+'}${twoDigits(minutes / 60)}:${twoDigits(minutes % 60)}`;
  return xml(
    'time',
    { xmlns: TIME },
    xml('tzo', {}, offset === 0 ? 'Z' : zone),
    xml('utc', {}, `${new Date(at).toISOString().slice(0, 19)}Z`),
  );
};

/** Zones reach from 12 hours west to 14 hours east. */
const farthest = 14 * 60;

const said = (iq: Element, name: string): string => {
  const time = child(iq, 'time', TIME);
  return (time && childText(time, name, TIME))?.trim() ?? '';
};

/** Epoch milliseconds (XEP-0082); null when the answer says no time. */
export const parseUtc = (iq: Element): number | null => {
  const utc = said(iq, 'utc');
  const at = /^\d{4}-\d\d-\d\dT.*Z$/.test(utc) ? Date.parse(utc) : NaN;
  return Number.isNaN(at) ? null : at;
};

/**
 * Minutes east of UTC; null when the answer says no zone that there is. What a contact's clock says is left alone: our own is
 * as good, and a wrong one there would only confuse.
 */
export const parseTime = (iq: Element): number | null => {
  const zone = said(iq, 'tzo');
  if (zone === 'Z') return 0;
  const found = /^([+-])(\d{2}):?([0-5]\d)$/.exec(zone);
  if (!found) return null;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return minutes > farthest ? null : found[1] === '-' ? -minutes : minutes;
};
