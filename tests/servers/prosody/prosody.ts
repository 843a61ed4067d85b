import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureApt, unpackDebs } from '../../../scripts/setup/apt';
import { cachePath } from '../../../scripts/setup/cache';
import { testCertificate } from '../certificates';
import { freePorts } from '../free-ports';
import { localServer } from '../local-server';
import { postJson } from '../post-json';
import type { ServerControl, ServerOptions, TestServer } from '../server';
import { ServerProcess } from '../server-process';
import { prosodyConfig } from './config';

/** The Lua libraries that Prosody loads; libraries only, no service among them. */
const LIBRARIES = ['lua5.4', 'lua-socket', 'lua-expat', 'lua-sec', 'lua-filesystem', 'lua-bitop'];
const OWN_MODULES = join(import.meta.dirname, 'modules');
const DOMAIN = 'localhost';

/** Which Prosody, and what it loads beside the usual modules. */
export interface ProsodyFlavour {
  readonly kind: 'prosody' | 'prosody13';
  readonly packages: readonly string[];
  readonly backports: boolean;
  readonly modules: readonly string[];
  readonly roomModules: readonly string[];
}

const RELEASE: ProsodyFlavour = {
  kind: 'prosody',
  packages: ['prosody'],
  backports: false,
  modules: [],
  roomModules: [],
};

/** Fetches Prosody of this Debian release (0.12 on Debian 12) into the cache; nothing is installed but Lua libraries. */
export async function installProsody(flavour: ProsodyFlavour = RELEASE): Promise<string> {
  const unpacked = cachePath(flavour.kind);
  await ensureApt(LIBRARIES);
  await unpackDebs(flavour.packages, unpacked, { backports: flavour.backports });
  return unpacked;
}

/** Starts a Prosody of its own with websocket, archive, stream management and the rest that a client can use. */
export async function startProsody(
  options: ServerOptions = {},
  flavour: ProsodyFlavour = RELEASE,
): Promise<TestServer> {
  const unpacked = await installProsody(flavour);
  if (options.archive === 'sqlite') await ensureApt(['lua-dbi-sqlite3']);
  const library = join(unpacked, 'usr/lib/prosody');
  const certificateKind = options.certificate ?? 'trusted';
  const certificate = await testCertificate(certificateKind, DOMAIN);
  const ports = await freePorts(['http', 'https', 'c2s']);
  const server = new ServerProcess(flavour.kind);
  const { folder } = server;

  for (const name of ['data', 'certs']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'groups.txt'), '');
  writeFileSync(
    join(folder, 'prosody.cfg.lua'),
    prosodyConfig({
      folder,
      domain: DOMAIN,
      ports,
      certificate,
      options,
      pluginPaths: [OWN_MODULES, join(library, 'modules')],
      modules: flavour.modules,
      roomModules: flavour.roomModules,
    }),
  );
  // The packaged program looks in /usr/lib; these lines are where it says so.
  const program = readFileSync(join(unpacked, 'usr/bin/prosody'), 'utf8')
    .replace(/^CFG_SOURCEDIR=.*$/m, `CFG_SOURCEDIR='${library}';`)
    .replace(/^CFG_PLUGINDIR=.*$/m, `CFG_PLUGINDIR='${library}/modules/';`)
    .replace(/^CFG_CONFIGDIR=.*$/m, `CFG_CONFIGDIR='${folder}';`)
    .replace(/^CFG_DATADIR=.*$/m, `CFG_DATADIR='${folder}/data';`);
  writeFileSync(join(folder, 'prosody.lua'), program);

  const control = prosodyControl(folder, ports.http);
  return localServer(
    {
      kind: flavour.kind,
      version: readFileSync(join(library, 'prosody.version'), 'utf8').trim(),
      domain: DOMAIN,
      wsUrl: `ws://localhost:${String(ports.http)}/xmpp-websocket`,
      wssUrl: `wss://localhost:${String(ports.https)}/xmpp-websocket`,
      tcpPort: ports.c2s,
      certificate,
      certificateKind,
      command: {
        file: 'lua5.4',
        args: [join(folder, 'prosody.lua'), '--config', join(folder, 'prosody.cfg.lua'), '-F'],
      },
      ports: [ports.http, ports.https, ports.c2s],
      answers: control.ping,
      control,
    },
    server,
  );
}

function prosodyControl(folder: string, port: number): ServerControl & { ping: () => Promise<unknown> } {
  const url = `http://127.0.0.1:${String(port)}/flint-control`;
  const ask = async (command: string, fields: Readonly<Record<string, unknown>> = {}): Promise<void> => {
    await postJson(url, { command, ...fields });
  };
  const groups = new Map<string, readonly string[]>();
  const writeGroups = (): Promise<void> => {
    const lines = [...groups].flatMap(([group, members]) => [
      `[${group}]`,
      ...members.map((name) => `${name}@${DOMAIN}=${name}`),
      '',
    ]);
    writeFileSync(join(folder, 'groups.txt'), lines.join('\n'));
    return ask('groups');
  };
  return {
    ping: () => ask('ping'),
    createUser: (name, password) => ask('user', { name, password }),
    deleteUser: (name) => ask('unuser', { name }),
    setPassword: (name, password) => ask('password', { name, password }),
    kick: (name) => ask('kick', { name }),
    createGroup: (name, members) => {
      groups.set(name, members);
      return writeGroups();
    },
    deleteGroup: (name) => {
      groups.delete(name);
      return writeGroups();
    },
  };
}
