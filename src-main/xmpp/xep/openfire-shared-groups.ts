/** Openfire's list of the shared groups that a user is in: contacts of these groups are read-only. */
import { child, children, xml, type Element } from '../element';

const SHARED = 'http://www.jivesoftware.org/protocol/sharedgroup';

export const sharedGroupsGet = (): Element => xml('sharedgroup', { xmlns: SHARED });

export const parseSharedGroups = (iq: Element): readonly string[] => {
  const list = child(iq, 'sharedgroup', SHARED);
  return list ? children(list, 'group', SHARED).map((group) => group.getText()) : [];
};
