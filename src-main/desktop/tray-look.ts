import type { Translate } from '../../src-shared/i18n';
import {
  presenceKinds,
  savedOf,
  type PresenceKind,
  type SavedPresence,
} from '../../src-shared/model/presence';
import { isSilent } from '../../src-shared/model/quiet-hours';
import type { Status } from './status';

/** What the icon can show: assets/tray has a picture of each, with and without sparks. */
export type TrayPicture = PresenceKind | 'connecting';

export interface PresenceEntry {
  readonly kind: PresenceKind;
  readonly label: string;
  readonly ticked: boolean;
}
export interface SavedEntry {
  readonly presence: SavedPresence;
  readonly label: string;
  readonly ticked: boolean;
}
/** Everything that the tray shows, as plain data. */
export interface TrayLook {
  readonly picture: TrayPicture;
  readonly unread: boolean;
  readonly tooltip: string;
  /** The account's address, or that nobody is signed in. */
  readonly heading: string;
  /** That nothing is shown or heard now, and until when. */
  readonly quiet: string | null;
  /** Whether the user has asked for quiet; null while nobody is signed in. */
  readonly silent: boolean | null;
  /** The window's own list; empty while nobody is signed in. */
  readonly presences: readonly PresenceEntry[];
  /** Saved messages, likewise. */
  readonly saved: readonly SavedEntry[];
}

/**
 * Shows where the session is: the chosen presence once it is online, else that it is on its way there, or is not.
 *
 * @param at now, epoch milliseconds
 */
export const lookOf = (status: Status, t: Translate, at: number): TrayLook => {
  const { account, unread, silentUntil } = status;
  const picture = pictureOf(account);
  const words = picture === 'connecting' ? t('tray.connecting') : t(`presence.${picture}`);
  const heading = account?.account.jid ?? t('tray.signedOut');
  const lines = [account ? t('tray.tooltip', { account: heading, presence: words }) : `Flint · ${heading}`];
  const quiet = quietWords(status, t);
  if (quiet !== null) lines.push(quiet);
  if (unread > 0) lines.push(t('tray.unread', { count: unread }));
  return {
    picture,
    unread: unread > 0,
    tooltip: lines.join('\n'),
    heading,
    quiet,
    silent: account && isSilent(silentUntil, at),
    presences: presencesOf(account, t),
    saved: savedEntries(status, t),
  };
};

function quietWords({ quietUntil, locale, hourCycle }: Status, t: Translate): string | null {
  if (quietUntil === null) return null;
  const hour = hourCycle === 'h12' ? 'numeric' : '2-digit';
  const format = new Intl.DateTimeFormat(locale, { hour, minute: '2-digit', hourCycle });
  return t('tray.quiet', { time: format.format(quietUntil) });
}

function pictureOf(account: Status['account']): TrayPicture {
  if (!account || account.presence.kind === 'offline') return 'offline';
  const { phase } = account.connection;
  if (phase === 'online') return account.absence ?? account.presence.kind;
  return phase === 'connecting' || phase === 'waiting' ? 'connecting' : 'offline';
}

function presencesOf(account: Status['account'], t: Translate): readonly PresenceEntry[] {
  if (!account) return [];
  const { connection, presence } = account;
  return presenceKinds
    .filter((kind) => kind !== 'invisible' || connection.canBeInvisible || presence.kind === 'invisible')
    .map((kind) => ({ kind, label: t(`presence.${kind}`), ticked: kind === presence.kind }));
}

/** A menu is no place for a long text. */
const MAX_LABEL = 60;

function savedEntries({ account, saved }: Status, t: Translate): readonly SavedEntry[] {
  const now = account ? savedOf(account.presence, saved) : null;
  return (account ? saved : []).map((presence) => {
    const text =
      presence.text.length > MAX_LABEL ? `${presence.text.slice(0, MAX_LABEL - 1)}…` : presence.text;
    const label = t('tray.saved', { text, presence: t(`presence.${presence.kind}`) });
    return { presence, label, ticked: presence === now };
  });
}
