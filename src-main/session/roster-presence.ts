import { addressOf, parseJid } from '../../src-shared/model/jid';
import type { RosterRow } from '../store/store';
import { attr, type Element } from '../xmpp/element';
import { sensibleTime } from '../xmpp/guards/delay';
import { parseIdle } from '../xmpp/xep/0319-idle';
import { parsePresence } from '../xmpp/xep/6121-presence';
import type { Capabilities } from './capabilities';
import type { ContactRequests } from './contact-requests';
import type { SessionContext } from './context';
import type { Presences } from './presences';
import type { RosterEffects } from './roster';

/** Who is there when we come is told by the server within moments; after that somebody has come. */
const SETTLE_MS = 10_000;

export interface PresenceReaderParts {
  readonly presences: Presences;
  readonly capabilities: Capabilities;
  readonly effects: RosterEffects;
  readonly requests: ContactRequests;
  rowOf(bare: string): RosterRow | undefined;
  /** Something of a contact is another by now. */
  tell(row: RosterRow): void;
  /** Monotonic: since when this session is there. */
  since(): number;
}

/** What a presence changes: who is there, and who wants to see ours (RFC 6121 §3 and §4). */
export const createPresenceReader = (
  context: SessionContext,
  parts: PresenceReaderParts,
): ((stanza: Element) => Promise<void>) => {
  const { account, hub } = context;
  const { clock } = context.ports;
  const { presences, capabilities, effects, requests } = parts;
  return async (stanza) => {
    const from = parseJid(attr(stanza, 'from') ?? context.bare);
    if (!from) return;
    if (effects.isBlocked(addressOf(from))) return;
    const presence = parsePresence(stanza);
    const row = parts.rowOf(from.bare);
    const isThere = (): boolean => presences.of(from.bare).resources.length > 0;
    const wasThere = isThere();
    switch (presence.type) {
      case 'available': {
        const idle = parseIdle(stanza);
        const isStranger = !row && from.bare !== context.bare;
        // T31: nobody asks a stranger's client anything.
        const client = isStranger ? null : await capabilities.seen(from.bare, from.resource ?? '', stanza);
        const { kind, status, priority } = presence;
        presences.available(
          from.bare,
          {
            resource: from.resource ?? '',
            ...{ kind, status, priority, client },
            ...(idle === null ? {} : { idleSince: sensibleTime(idle, clock.now()) }),
          },
          isStranger,
        );
        break;
      }
      case 'unavailable':
        presences.unavailable(from.bare, from.resource, row ? presence.status : null);
        break;
      case 'subscribe':
        await requests.take(stanza, from.bare);
        return;
      case 'unsubscribed':
        if (row?.asked) hub.emit({ topic: 'roster', type: 'denied', account, jid: from.bare });
        return;
      case 'unsubscribe':
        await requests.drop(from.bare);
        return;
      default:
        return;
    }
    // A push may have come meanwhile.
    const now = row && parts.rowOf(from.bare);
    if (now) parts.tell(now);
    if (now && wasThere && !isThere()) effects.went(from.bare);
    if (now && !wasThere && isThere())
      effects.came(
        { jid: from.bare, name: now.name, status: presences.of(from.bare).status },
        clock.monotonic() - parts.since() > SETTLE_MS,
      );
    if (from.bare === context.bare) effects.devicesChanged();
  };
};
