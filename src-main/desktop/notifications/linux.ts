import type { Log, Notice, Notifier } from '../../ports';
import { describeError } from '../describe-error';
import type { BusSignal, BusTarget, SessionBus } from '../linux/session-bus';

const NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';
const TARGET: BusTarget = { destination: NAME, path: PATH, interface: NAME };
const MARK_READ = 'mark-read';
/** Why one was closed: the user put it away. */
const DISMISSED = 2;
/** KDE's name for a text field in the notification; other daemons have taken it over. */
const INLINE_REPLY = 'inline-reply';

interface Shown {
  readonly id: number;
  readonly notice: Notice;
}

/**
 * Notifications over the Desktop Notifications Specification 1.2, since Electron on Linux has neither replies nor
 * buttons. Null where no daemon answers.
 *
 * @param icon a name in the icon theme, or an absolute path
 */
export const createLinuxNotifier = async (
  bus: SessionBus,
  icon: string,
  log: Log,
): Promise<Notifier | null> => {
  const can = await capabilities(bus);
  if (!can) return null;
  const shown = new Map<string, Shown>();
  /** One after another, so that a replacement knows the id of what it replaces. */
  let queue: Promise<void> = Promise.resolve();
  const inOrder = (work: () => Promise<void>): void => {
    queue = queue.then(work).catch((error: unknown) => {
      log.warn('notification-failed', describeError(error));
    });
  };
  const byId = (id: unknown): Shown | undefined => [...shown.values()].find((one) => one.id === id);
  await bus.onSignal(`interface='${NAME}',path='${PATH}'`, (signal) => {
    if (signal.interface !== NAME) return;
    // After what is under way: the daemon may be faster than our note of the id that it gave.
    inOrder(() => {
      hear(signal, byId(signal.body[0]), shown);
      return Promise.resolve();
    });
  });
  return {
    show: (notice) => {
      inOrder(async () => {
        const replaces = shown.get(notice.tag)?.id ?? 0;
        const [id] = await bus.call(TARGET, 'Notify', 'susssasa{sv}i', [
          'Flint',
          replaces,
          icon,
          notice.title,
          can.has('body-markup') ? escapeMarkup(notice.body) : notice.body,
          can.has('actions') ? actionsOf(notice, can.has(INLINE_REPLY)) : [],
          {
            category: bus.variant('s', 'im.received'),
            'desktop-entry': bus.variant('s', 'flint'),
            'x-kde-reply-placeholder-text': bus.variant('s', notice.replyLabel ?? ''),
            'suppress-sound': bus.variant('b', notice.silent),
            urgency: bus.variant('y', notice.quiet ? 0 : 1),
          },
          -1,
        ]);
        shown.set(notice.tag, { id: id as number, notice });
      });
    },
    close: (tag) => {
      inOrder(async () => {
        const one = shown.get(tag);
        if (!one) return;
        shown.delete(tag);
        await bus.call(TARGET, 'CloseNotification', 'u', [one.id]);
      });
    },
  };
};

async function capabilities(bus: SessionBus): Promise<ReadonlySet<string> | null> {
  try {
    // The call starts a daemon where the bus knows how to.
    const [list] = await bus.call(TARGET, 'GetCapabilities');
    return new Set(list as readonly string[]);
  } catch {
    return null;
  }
}

function actionsOf(notice: Notice, canReply: boolean): string[] {
  const reply = canReply && notice.replyLabel !== null ? [INLINE_REPLY, notice.replyLabel] : [];
  const markRead = notice.markReadLabel === null ? [] : [MARK_READ, notice.markReadLabel];
  return ['default', '', ...reply, ...markRead];
}

function hear(signal: BusSignal, one: Shown | undefined, shown: Map<string, Shown>): void {
  if (!one) return;
  const [, detail] = signal.body;
  if (signal.member === 'NotificationClosed') {
    shown.delete(one.notice.tag);
    if (detail === DISMISSED) one.notice.onDismiss();
  }
  if (signal.member === 'NotificationReplied' && typeof detail === 'string') one.notice.onReply(detail);
  else if (signal.member === 'ActionInvoked' && detail === 'default') one.notice.onClick();
  else if (signal.member === 'ActionInvoked' && detail === MARK_READ) one.notice.onMarkRead();
}

/** The body is markup to such daemons, and what people write is not. */
const escapeMarkup = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));
