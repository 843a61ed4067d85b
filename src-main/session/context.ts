import type { Translate } from '../../src-shared/i18n';
import type { AccountId } from '../../src-shared/model/account';
import type { Settings } from '../../src-shared/model/settings';
import type { Ports } from '../ports';
import type { Store } from '../store/store';
import type { Link } from '../xmpp/link';
import type { Hub } from './hub';
import type { HiddenRooms, RoomsInSession } from './incoming/reading';

/** What every service of one account works with. */
export interface SessionContext {
  readonly account: AccountId;
  /** Own bare JID. */
  readonly bare: string;
  readonly domain: string;
  readonly ports: Ports;
  readonly store: Store;
  readonly hub: Hub;
  settings(): Settings;
  translate(): Translate;
  /** That of the user, as `xml:lang` writes it. */
  language(): string;
  /** Features of the server and of the own account there (XEP-0030); of the last stream while there is none. */
  features(): ReadonlySet<string>;
  /** Rooms that this session is in. */
  readonly rooms?: () => RoomsInSession & HiddenRooms;
  /** What time it is at the server, epoch milliseconds: what is said in rooms is dated by its clock (R11). */
  serverNow(): number;
  /** The stream while online, else null. */
  link(): Link | null;
}
