import dbus from 'dbus-next';
import { mkdirSync } from 'node:fs';
import type { Bus, Target } from './bus';
import { startChild, until, type Child } from './child';

const NAME = 'org.freedesktop.secrets';
const SERVICE: Target = {
  destination: NAME,
  path: '/org/freedesktop/secrets',
  interface: 'org.freedesktop.Secret.Service',
};
const COLLECTION = '/org/freedesktop/secrets/collection/login';
const PROMPTER = 'org.gnome.keyring.SystemPrompter';
/** An empty one would leave gnome-keyring without any collection. */
const PASSWORD = 'flint-tests';

export type KeyringState = 'unlocked' | 'locked' | 'none';

export interface StoredSecret {
  readonly label: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly secret: string;
}

/** The user's keyring (gnome-keyring, a real one, empty at first). */
export interface Keyring {
  lock(): Promise<void>;
  unlock(): Promise<void>;
  /** Everything it holds, read as another program would read it. It must be unlocked. */
  secrets(): Promise<readonly StoredSecret[]>;
  /** Puts another secret in the place of the one that an app keeps under this name. */
  replace(account: string, secret: string): Promise<void>;
  /**
   * What comes of it when an app asks for a locked keyring: at first there is nobody to prompt, and gnome-keyring
   * refuses at once; with `hang` a prompt is accepted and never answered.
   */
  setPrompt(behaviour: 'refuse' | 'hang'): Promise<void>;
  /** Ends the daemon; apps then find no Secret Service at all. */
  kill(): Promise<void>;
}

/**
 * Starts gnome-keyring on this bus.
 * @param env the desktop's environment, whose HOME and XDG folders it uses
 */
export async function startKeyring(
  bus: Bus,
  env: Readonly<Record<string, string>>,
  state: KeyringState,
): Promise<Keyring> {
  const child = state === 'none' ? undefined : await startDaemon(bus, env);
  const keyring: Keyring = {
    lock: async () => {
      await bus.call(SERVICE, 'Lock', 'ao', [[COLLECTION]]);
    },
    unlock: () => unlock(bus),
    secrets: () => readSecrets(bus),
    replace: (account, secret) => replaceSecret(bus, account, secret),
    setPrompt: (behaviour) => setPrompt(bus, behaviour),
    kill: async () => child?.stop(),
  };
  if (state === 'locked') await keyring.lock();
  return keyring;
}

async function startDaemon(bus: Bus, env: Readonly<Record<string, string>>): Promise<Child> {
  const control = `${env['XDG_RUNTIME_DIR'] ?? ''}/keyring`;
  mkdirSync(control, { recursive: true, mode: 0o700 });
  const child = startChild(
    'gnome-keyring-daemon',
    ['--foreground', '--unlock', '--components=secrets', `--control-directory=${control}`],
    { env, stdio: ['pipe', 'ignore', 'pipe'] },
  );
  child.process.stdin?.end(PASSWORD);
  await until('the keyring', async () => {
    if (child.process.exitCode !== null) throw new Error(`gnome-keyring-daemon ended: ${child.log()}`);
    if ((await bus.owner(NAME)) === undefined) return undefined;
    return (await collections(bus)).includes(COLLECTION) ? true : undefined;
  });
  return child;
}

async function collections(bus: Bus): Promise<readonly string[]> {
  const properties = { ...SERVICE, interface: 'org.freedesktop.DBus.Properties' };
  const [variant] = await bus.call(properties, 'Get', 'ss', [SERVICE.interface, 'Collections']);
  return (variant as dbus.Variant<string[]>).value;
}

/** A session without encryption: the bus is private. */
async function openSession(bus: Bus): Promise<string> {
  const [, session] = await bus.call(SERVICE, 'OpenSession', 'sv', ['plain', new dbus.Variant('s', '')]);
  return session as string;
}

async function unlock(bus: Bus): Promise<void> {
  const secret = [await openSession(bus), Buffer.alloc(0), Buffer.from(PASSWORD), 'text/plain'];
  const withoutPrompt = {
    ...SERVICE,
    interface: 'org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface',
  };
  await bus.call(withoutPrompt, 'UnlockWithMasterPassword', 'o(oayays)', [COLLECTION, secret]);
}

async function readSecrets(bus: Bus): Promise<readonly StoredSecret[]> {
  const session = await openSession(bus);
  const [unlocked, locked] = (await bus.call(SERVICE, 'SearchItems', 'a{ss}', [{}])) as [string[], string[]];
  if (locked.length > 0) throw new Error('the keyring is locked');
  return Promise.all(
    unlocked.map(async (path) => {
      const item = { ...SERVICE, path, interface: 'org.freedesktop.Secret.Item' };
      const properties = { ...item, interface: 'org.freedesktop.DBus.Properties' };
      const [[all], [secret]] = await Promise.all([
        bus.call(properties, 'GetAll', 's', [item.interface]),
        bus.call(item, 'GetSecret', 'o', [session]),
      ]);
      const { Label: label, Attributes: attributes } = all as Record<string, dbus.Variant>;
      const [, , value] = secret as [string, Uint8Array, Uint8Array, string];
      return {
        label: label?.value as string,
        attributes: attributes?.value as Record<string, string>,
        secret: Buffer.from(value).toString('utf8'),
      };
    }),
  );
}

async function replaceSecret(bus: Bus, account: string, secret: string): Promise<void> {
  const session = await openSession(bus);
  const [[path]] = (await bus.call(SERVICE, 'SearchItems', 'a{ss}', [{ account }])) as [string[]];
  if (path === undefined) throw new Error(`the keyring has nothing under ${account}`);
  const item = { ...SERVICE, path, interface: 'org.freedesktop.Secret.Item' };
  const value = [session, Buffer.alloc(0), Buffer.from(secret), 'text/plain'];
  await bus.call(item, 'SetSecret', '(oayays)', [value]);
}

async function setPrompt(bus: Bus, behaviour: 'refuse' | 'hang'): Promise<void> {
  if (behaviour === 'refuse') return bus.disown(PROMPTER);
  bus.serve({
    name: 'org.gnome.keyring.internal.Prompter',
    methods: {
      BeginPrompting: () => undefined,
      PerformPrompt: () => undefined,
      StopPrompting: () => undefined,
    },
  });
  await bus.own(PROMPTER);
}
