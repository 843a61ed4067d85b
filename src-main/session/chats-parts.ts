import type { Link } from '../xmpp/link';
import type { Notices } from './notices';
import type { People } from './people';
import type { Rooms } from './rooms';

/** What conversations need of the rest of the session. */
export interface ChatsParts {
  readonly people: Pick<People, 'roster' | 'seesUs' | 'requests' | 'readState' | 'blocking' | 'lacks'>;
  readonly notices: Notices;
  readonly rooms: Rooms;
  /** One of ours will not go again by itself. */
  failed(): void;
  /** Something is in the archive that has no place here yet. */
  news(): void;
  /** See Archive. */
  proveSent(link: Link): Promise<void>;
}
