import type dbus from 'dbus-next';
import type { Bus } from './bus';
import { until } from './child';

const NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';

export interface ShownNotification {
  readonly id: number;
  readonly appName: string;
  readonly summary: string;
  readonly body: string;
  readonly icon: string;
  readonly actions: readonly { readonly key: string; readonly label: string }[];
  readonly hints: Readonly<Record<string, unknown>>;
  /** Taken away by the app, or done with by the user. */
  readonly closed: boolean;
}

/** The notification daemon, and the user who deals with what it shows. */
export interface NotificationDaemon {
  /** Everything shown so far, oldest first; a replaced notification keeps its place and id. */
  list(): readonly ShownNotification[];
  waitFor(
    predicate: (notification: ShownNotification) => boolean,
    timeout?: number,
  ): Promise<ShownNotification>;
  /** Clicks the notification itself: the action `default`. */
  click(id: number): void;
  /** Presses one of its buttons. */
  invoke(id: number, actionKey: string): void;
  /** Answers in its text field, as KDE's and GNOME's daemons with the capability inline-reply do. */
  reply(id: number, text: string): void;
  /** The user sweeps it away. */
  close(id: number): void;
  /** Forgets everything shown so far. */
  clear(): void;
}

/** Why a notification was closed (Desktop Notifications Specification 1.2, NotificationClosed). */
const DISMISSED = 2;
const CLOSED_BY_APP = 3;

/** Becomes the notification daemon of this bus. */
export async function startNotifications(bus: Bus, inlineReply: boolean): Promise<NotificationDaemon> {
  let shown: readonly ShownNotification[] = [];
  let last = 0;

  const notify = (message: dbus.Message): ShownNotification => {
    const [appName, replaces, icon, summary, body, actions, hints] = message.body as [
      string,
      number,
      string,
      string,
      string,
      string[],
      Record<string, dbus.Variant>,
    ];
    return {
      id: replaces > 0 ? replaces : ++last,
      appName,
      summary,
      body,
      icon,
      actions: actions.flatMap((key, at) => (at % 2 === 0 ? [{ key, label: actions[at + 1] ?? '' }] : [])),
      hints: Object.fromEntries(
        Object.entries(hints).map(([key, variant]) => [key, variant.value as unknown]),
      ),
      closed: false,
    };
  };
  const markClosed = (id: number, reason: number): void => {
    if (!shown.some((one) => one.id === id && !one.closed)) return;
    shown = shown.map((one) => (one.id === id ? { ...one, closed: true } : one));
    bus.signal(PATH, NAME, 'NotificationClosed', 'uu', [id, reason]);
  };
  const act = (id: number, member: string, argument: string): void => {
    const one = shown.find((candidate) => candidate.id === id);
    if (!one || one.closed) throw new Error(`there is no open notification ${String(id)}`);
    bus.signal(PATH, NAME, member, 'us', [id, argument]);
    // As real daemons do, unless the app asks it to stay (hint `resident`).
    if (one.hints['resident'] !== true) markClosed(id, DISMISSED);
  };

  bus.serve({
    name: NAME,
    methods: {
      Notify: (message) => {
        const one = notify(message);
        const known = shown.some((other) => other.id === one.id);
        shown = known ? shown.map((other) => (other.id === one.id ? one : other)) : [...shown, one];
        return { signature: 'u', body: [one.id] };
      },
      CloseNotification: (message) => {
        markClosed(message.body[0] as number, CLOSED_BY_APP);
        return undefined;
      },
      GetCapabilities: () => ({
        signature: 'as',
        body: [['body', 'body-markup', 'actions', 'persistence', ...(inlineReply ? ['inline-reply'] : [])]],
      }),
      GetServerInformation: () => ({ signature: 'ssss', body: ['flint-tests', 'Flint', '1', '1.2'] }),
    },
  });
  await bus.own(NAME);
  return {
    list: () => shown,
    waitFor: (predicate, timeout) => until('a notification', () => shown.find(predicate), timeout),
    click: (id) => {
      act(id, 'ActionInvoked', 'default');
    },
    invoke: (id, actionKey) => {
      act(id, 'ActionInvoked', actionKey);
    },
    reply: (id, text) => {
      act(id, 'NotificationReplied', text);
    },
    close: (id) => {
      markClosed(id, DISMISSED);
    },
    clear: () => void (shown = []),
  };
}
