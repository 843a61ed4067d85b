import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureApt, unpackDebs } from '../../../scripts/setup/apt';
import { cachePath } from '../../../scripts/setup/cache';
import { testCertificate } from '../certificates';
import { freePorts } from '../free-ports';
import { localServer } from '../local-server';
import { postJson } from '../post-json';
import type { ServerControl, ServerOptions, TestServer } from '../server';
import { ServerProcess } from '../server-process';
import { ejabberdConfig } from './config';

const DOMAIN = 'ejabberd.test';
const LIBRARIES = ['libexpat1', 'libyaml-0-2', 'libsqlite3-0', 'libssl3', 'libtinfo6', 'zlib1g'];

/** Erlang is unpacked too, not installed: its package would enable a port mapper on the developer's machine. */
const PACKAGES = [
  'ejabberd',
  ...[
    'base',
    'asn1',
    'crypto',
    'inets',
    'mnesia',
    'os-mon',
    'public-key',
    'runtime-tools',
    'ssl',
    'syntax-tools',
  ],
  ...['xmerl', 'base64url', 'goldrush', 'idna', 'jiffy', 'jose', 'lager', 'unicode-util-compat'],
  ...['acme', 'cache-tab', 'eimp', 'mqtree', 'pkix', 'stringprep', 'stun', 'tls', 'utils', 'xml', 'xmpp'].map(
    p1,
  ),
  ...['sqlite3', 'yaml', 'yconf', 'zlib'].map(p1),
].map((name) => (name === 'ejabberd' ? name : `erlang-${name}`));

function p1(name: string): string {
  return `p1-${name}`;
}

/** Fetches ejabberd of this Debian release (23.01 on Debian 12) with its Erlang into the cache. */
export async function installEjabberd(): Promise<string> {
  const unpacked = cachePath('ejabberd');
  await ensureApt(LIBRARIES);
  await unpackDebs(PACKAGES, unpacked);
  return unpacked;
}

/** Starts an ejabberd of its own with websocket, archive, stream management, privacy lists and shared groups. */
export async function startEjabberd(options: ServerOptions = {}): Promise<TestServer> {
  const unpacked = await installEjabberd();
  const certificateKind = options.certificate ?? 'trusted';
  const certificate = await testCertificate(certificateKind, DOMAIN);
  const ports = await freePorts(['http', 'https', 'c2s']);
  const server = new ServerProcess('ejabberd');
  const { folder } = server;
  const pemFile = join(folder, 'server.pem');

  for (const name of ['database', 'upload', 'log']) mkdirSync(join(folder, name));
  writeFileSync(
    pemFile,
    readFileSync(certificate.keyFile, 'utf8') + readFileSync(certificate.chainFile, 'utf8'),
  );
  const configFile = join(folder, 'ejabberd.yml');
  writeFileSync(configFile, ejabberdConfig({ folder, domain: DOMAIN, ports, pemFile, options }));

  const erlang = join(unpacked, 'usr/lib/erlang');
  const runtime = join(erlang, entry(erlang, /^erts-/), 'bin');
  const libraries = join(unpacked, 'usr/lib', entry(join(unpacked, 'usr/lib'), /-linux-gnu/));
  const program = entry(libraries, /^ejabberd-[\d.]+(-\d+)?$/);
  const control = ejabberdControl(ports.http);
  return localServer(
    {
      kind: 'ejabberd',
      version: /^ejabberd-([\d.]+)/.exec(program)?.[1] ?? 'unknown',
      domain: DOMAIN,
      wsUrl: `ws://localhost:${String(ports.http)}/ws`,
      wssUrl: `wss://localhost:${String(ports.https)}/ws`,
      tcpPort: ports.c2s,
      certificate,
      certificateKind,
      command: {
        // The packaged `erl` has its place written into it; these variables are what it sets.
        file: join(runtime, 'erlexec'),
        args: [
          ...['-noinput', '-start_epmd', 'false', '+sbwt', 'none', '+S', '2'],
          ...['-mnesia', 'dir', `"${join(folder, 'database')}"`, '-s', 'ejabberd'],
        ],
        env: {
          ROOTDIR: erlang,
          BINDIR: runtime,
          EMU: 'beam',
          PROGNAME: 'erl',
          HOME: folder,
          ERL_LIBS: libraries,
          EJABBERD_CONFIG_PATH: configFile,
          EJABBERD_LOG_PATH: join(folder, 'log/ejabberd.log'),
          ERL_CRASH_DUMP: join(folder, 'log/crash.dump'),
        },
      },
      ports: [ports.http, ports.https, ports.c2s],
      answers: control.ping,
      control,
    },
    server,
  );
}

function ejabberdControl(port: number): ServerControl & { ping: () => Promise<unknown> } {
  const ask = async (command: string, fields: Readonly<Record<string, unknown>> = {}): Promise<void> => {
    const result = await postJson(`http://127.0.0.1:${String(port)}/api/${command}`, fields);
    // Some commands say only in their result code that they failed.
    if (result === 1) throw new Error(`ejabberd refused ${command}`);
  };
  const group = (name: string): Readonly<Record<string, unknown>> => ({ group: name, host: DOMAIN });
  return {
    ping: () => ask('status'),
    createUser: (user, password) => ask('register', { user, host: DOMAIN, password }),
    deleteUser: (user) => ask('unregister', { user, host: DOMAIN }),
    setPassword: (user, newpass) => ask('change_password', { user, host: DOMAIN, newpass }),
    kick: (user) => ask('kick_user', { user, host: DOMAIN }),
    createGroup: async (name, members) => {
      await ask('srg_create', { ...group(name), label: name, description: '', display: name });
      for (const user of members) await ask('srg_user_add', { ...group(name), user, grouphost: DOMAIN });
    },
    deleteGroup: (name) => ask('srg_delete', group(name)),
  };
}

function entry(folder: string, pattern: RegExp): string {
  const found = readdirSync(folder).find((name) => pattern.test(name));
  if (found === undefined) throw new Error(`nothing in ${folder} looks like ${pattern.source}`);
  return found;
}
