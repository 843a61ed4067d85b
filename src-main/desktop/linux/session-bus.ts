import type * as dbus from 'dbus-next';

const DBUS = 'org.freedesktop.DBus';
const CALL_MS = 5000;

export interface BusTarget {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
}
export interface BusSignal {
  readonly interface: string;
  readonly member: string;
  readonly body: readonly unknown[];
}

/** The desktop's session bus, as far as Flint asks it anything. */
export interface SessionBus {
  /** @returns the answer's arguments; rejects when there is no answer within 5 s */
  call(
    target: BusTarget,
    member: string,
    signature?: string,
    body?: readonly unknown[],
  ): Promise<readonly unknown[]>;
  /** @param rule a match rule of the D-Bus Specification, without its type */
  onSignal(rule: string, run: (signal: BusSignal) => void): Promise<void>;
  hasOwner(name: string): Promise<boolean>;
  variant(signature: string, value: unknown): unknown;
}

/** Null where there is no bus (not a desktop session) or it cannot be reached. */
export const connectSessionBus = async (): Promise<SessionBus | null> => {
  // Loaded only here: on other systems it would cost start-up time for nothing.
  const { Message, MessageType, Variant, sessionBus } = (await import('dbus-next')).default;
  const connection = await connect(sessionBus);
  if (!connection) return null;

  const call: SessionBus['call'] = async (target, member, signature = '', body = []) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`no answer to ${member}`));
      }, CALL_MS);
    });
    try {
      const message = new Message({ ...target, member, signature, body: [...body] });
      const answer = await Promise.race([connection.call(message), late]);
      return (answer?.body as readonly unknown[] | undefined) ?? [];
    } finally {
      clearTimeout(timer);
    }
  };
  const daemon: BusTarget = { destination: DBUS, path: '/org/freedesktop/DBus', interface: DBUS };
  const listeners: ((signal: BusSignal) => void)[] = [];
  connection.on('message', (message) => {
    if (message.type !== MessageType.SIGNAL) return;
    for (const run of listeners) run(message);
  });
  return {
    call,
    onSignal: async (rule, run) => {
      listeners.push(run);
      await call(daemon, 'AddMatch', 's', [`type='signal',${rule}`]);
    },
    hasOwner: async (name) => (await call(daemon, 'NameHasOwner', 's', [name]))[0] === true,
    variant: (signature, value) => new Variant(signature, value),
  };
};

function connect(sessionBus: typeof dbus.sessionBus): Promise<dbus.MessageBus | null> {
  return new Promise((resolve) => {
    try {
      const connection = sessionBus();
      connection.on('connect', () => {
        resolve(connection);
      });
      // Also after the connection was made: a desktop that ends takes its bus with it.
      connection.on('error', () => {
        resolve(null);
      });
    } catch {
      resolve(null); // an address that says "disabled:", or none at all
    }
  });
}
