/** Presence, RFC 6121 §4, and how Spark writes "On the phone". */
import type { PresenceKind, ShownPresence } from '../../../src-shared/model/presence';
import { attr, childText, CLIENT, xml, type Element } from '../element';
import { idleElement } from './0319-idle';

const shows: Partial<Record<PresenceKind, string>> = {
  chat: 'chat',
  away: 'away',
  phone: 'away',
  xa: 'xa',
  dnd: 'dnd',
};

/** Statuses by which a client says "On the phone": ours in every language, and Spark's. */
const phoneStatuses = [
  'on the phone',
  '通话中',
  '正在打电话',
  'am telefon',
  'au téléphone',
  'al teléfono',
  'al telefono',
];

/**
 * Available presence. `phoneStatus` is the text that says "On the phone" where the user wrote none:
 * other clients know it by its words alone.
 *
 * @param caps what we can do (XEP-0115)
 * @param to directed (RFC 6121 §4.6) to one; else to everybody
 * @param photo which picture we have (XEP-0153)
 */
export const availablePresence = (
  own: ShownPresence,
  priority: number,
  phoneStatus: string,
  caps?: Element,
  to?: string,
  photo?: Element | null,
): Element => {
  const status = own.status ?? (own.kind === 'phone' ? phoneStatus : null);
  const show = shows[own.kind];
  return xml(
    'presence',
    { to },
    show ? xml('show', {}, show) : undefined,
    status ? xml('status', {}, status) : undefined,
    priority === 0 ? undefined : xml('priority', {}, String(priority)),
    own.idleSince === undefined ? undefined : idleElement(own.idleSince),
    caps,
    photo,
  );
};

/** To everybody, or directed (RFC 6121 §4.6) to one. */
export const unavailablePresence = (to?: string): Element => xml('presence', { type: 'unavailable', to });

export type SubscriptionType = 'subscribe' | 'subscribed' | 'unsubscribe' | 'unsubscribed';

export type ParsedPresence =
  | {
      readonly type: 'available';
      readonly kind: PresenceKind;
      readonly status: string | null;
      readonly priority: number;
    }
  | { readonly type: 'unavailable'; readonly status: string | null }
  | { readonly type: SubscriptionType; readonly status: string | null }
  | { readonly type: 'other' };

const availableKind = (show: string | null, status: string | null): PresenceKind => {
  const onPhone = status !== null && phoneStatuses.includes(status.trim().toLowerCase());
  if (onPhone && (show === 'away' || show === 'dnd')) return 'phone';
  return show === 'chat' || show === 'away' || show === 'xa' || show === 'dnd' ? show : 'online';
};

export const parsePresence = (stanza: Element): ParsedPresence => {
  const type = attr(stanza, 'type');
  const status = childText(stanza, 'status', CLIENT) || null;
  switch (type) {
    case undefined: {
      const priority = Number.parseInt(childText(stanza, 'priority', CLIENT) ?? '0', 10);
      return {
        type: 'available',
        kind: availableKind(childText(stanza, 'show', CLIENT)?.trim() ?? null, status),
        status,
        priority: Number.isNaN(priority) ? 0 : Math.max(-128, Math.min(127, priority)),
      };
    }
    case 'unavailable':
    case 'subscribe':
    case 'subscribed':
    case 'unsubscribe':
    case 'unsubscribed':
      return { type, status };
    default:
      return { type: 'other' };
  }
};

/** RFC 6121 §3.1.1: a request, approval, cancellation or denial, sent to a bare JID. */
export const subscriptionPresence = (
  type: SubscriptionType,
  to: string,
  extra: { readonly status?: string | null; readonly nick?: Element | undefined } = {},
): Element =>
  xml('presence', { type, to }, extra.status ? xml('status', {}, extra.status) : undefined, extra.nick);
