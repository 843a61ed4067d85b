/** Invisibility by privacy lists: XEP-0016 as XEP-0126 §3.1 uses it. */
import { xml, type Element } from '../element';

const PRIVACY = 'jabber:iq:privacy';
const LIST = 'flint-invisible';

/** Answered with a result only by a server that has privacy lists. */
export const privacyGet = (): Element => xml('query', { xmlns: PRIVACY });

/** Defines a list that holds back all presence of ours. */
export const invisibleList = (): Element =>
  xml(
    'query',
    { xmlns: PRIVACY },
    xml('list', { name: LIST }, xml('item', { action: 'deny', order: '1' }, xml('presence-out', {}))),
  );

/** Makes that list active for this session, or (false) declines any. */
export const activateList = (on: boolean): Element =>
  xml('query', { xmlns: PRIVACY }, xml('active', on ? { name: LIST } : {}));
