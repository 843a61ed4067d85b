import dbus from 'dbus-next';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from './child';

const CALL_MS = 10_000;
const DBUS = 'org.freedesktop.DBus';

/** What a method of ours answers; undefined for an empty answer. */
export interface Answer {
  readonly signature: string;
  readonly body: readonly unknown[];
}
export type Method = (message: dbus.Message) => Answer | undefined;

/** An interface that the test process offers on the bus, on whatever path it is called. */
export interface Service {
  readonly name: string;
  readonly methods: Readonly<Record<string, Method>>;
  readonly properties?: () => Readonly<Record<string, dbus.Variant>>;
}

/** Where a call goes. */
export interface Target {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
}

/** The test's own connection to the private session bus. */
export interface Bus {
  readonly address: string;
  /** Calls a method; rejects with the D-Bus error, or after 10 s without an answer. */
  call(
    target: Target,
    member: string,
    signature?: string,
    body?: readonly unknown[],
  ): Promise<readonly unknown[]>;
  /** Answers calls to an interface until the bus stops. */
  serve(service: Service): void;
  own(name: string): Promise<void>;
  disown(name: string): Promise<void>;
  owner(name: string): Promise<string | undefined>;
  signal(path: string, iface: string, member: string, signature: string, body: readonly unknown[]): void;
  /** Tells when a unique name leaves the bus (its program has ended). */
  onGone(listener: (uniqueName: string) => void): void;
  stop(): Promise<void>;
}

/**
 * A session bus with nothing on it but what tests put there: no service files, so that nothing of the machine's own
 * desktop (prompts, portals, keyrings) starts by itself.
 */
function configuration(socket: string, everyone: boolean): string {
  const policy = everyone ? '<allow user="*"/>' : '';
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    ${policy}<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
`;
}

/**
 * Starts a dbus-daemon of its own and connects to it.
 * @param dir a folder with a short path, for socket and configuration
 * @param everyone lets other users of this machine in
 */
export async function startBus(dir: string, everyone: boolean): Promise<Bus> {
  const config = join(dir, 'bus.conf');
  writeFileSync(config, configuration(join(dir, 'bus'), everyone));
  const child = startChild('dbus-daemon', [`--config-file=${config}`, '--print-address=1', '--nofork'], {
    env: process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    child.process.stdout?.once('data', (chunk: Buffer) => {
      resolve(chunk.toString().trim());
    });
    child.process.once('exit', () => {
      reject(new Error(`dbus-daemon ended: ${child.log()}`));
    });
    child.process.once('error', reject);
  });
  if (everyone) {
    chmodSync(dir, 0o755);
    chmodSync(join(dir, 'bus'), 0o777);
  }
  const connection = dbus.sessionBus({ busAddress: address });
  await once(connection, 'connect');
  return connectedBus(connection, address, () => child.stop());
}

function connectedBus(connection: dbus.MessageBus, address: string, stopDaemon: () => Promise<void>): Bus {
  const services = new Map<string, Service>();
  const goneListeners: ((name: string) => void)[] = [];
  let stopping = false;
  connection.on('error', (error: unknown) => {
    if (!stopping) console.error('the test bus failed', error);
  });
  connection.on('message', (message) => {
    if (message.member !== 'NameOwnerChanged' || message.interface !== DBUS) return;
    const [name, , newOwner] = message.body as [string, string, string];
    if (name.startsWith(':') && newOwner === '') for (const tell of goneListeners) tell(name);
  });
  connection.addMethodHandler((message: dbus.Message) => answer(connection, services, message));

  const call: Bus['call'] = async (target, member, signature = '', body = []) => {
    const message = new dbus.Message({ ...target, member, signature, body: [...body] });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`no answer to ${target.interface}.${member} from ${target.destination}`));
      }, CALL_MS);
    });
    try {
      const reply = await Promise.race([connection.call(message), late]);
      return (reply?.body ?? []) as readonly unknown[];
    } finally {
      clearTimeout(timer);
    }
  };
  const daemon: Target = { destination: DBUS, path: '/org/freedesktop/DBus', interface: DBUS };
  const watch = call(daemon, 'AddMatch', 's', [
    `type='signal',interface='${DBUS}',member='NameOwnerChanged'`,
  ]);
  watch.catch((error: unknown) => {
    console.error('the test bus does not report names', error);
  });
  return {
    address,
    call,
    serve: (service) => {
      services.set(service.name, service);
    },
    own: async (name) => {
      await connection.requestName(name, 0);
    },
    disown: async (name) => {
      await connection.releaseName(name);
    },
    owner: async (name) => {
      const [taken] = await call(daemon, 'NameHasOwner', 's', [name]);
      return taken ? ((await call(daemon, 'GetNameOwner', 's', [name]))[0] as string) : undefined;
    },
    signal: (path, iface, member, signature, body) => {
      connection.send(dbus.Message.newSignal(path, iface, member, signature, [...body]));
    },
    onGone: (listener) => {
      goneListeners.push(listener);
    },
    stop: async () => {
      stopping = true;
      connection.disconnect();
      await stopDaemon();
    },
  };
}

function answer(
  bus: dbus.MessageBus,
  services: ReadonlyMap<string, Service>,
  message: dbus.Message,
): boolean {
  const reply = (signature: string, body: readonly unknown[]): true => {
    bus.send(dbus.Message.newMethodReturn(message, signature, [...body]));
    return true;
  };
  if (message.interface === `${DBUS}.Properties`) {
    const [name, property] = message.body as [string, string?];
    const properties = services.get(name)?.properties?.();
    if (!properties) return false;
    if (message.member === 'GetAll') return reply('a{sv}', [properties]);
    const value = message.member === 'Get' && property !== undefined ? properties[property] : undefined;
    return value ? reply('v', [value]) : false;
  }
  const method = services.get(message.interface)?.methods[message.member];
  if (!method) return false;
  const result = method(message);
  return reply(result?.signature ?? '', result?.body ?? []);
}
