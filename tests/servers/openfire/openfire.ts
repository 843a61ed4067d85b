import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../scripts/setup/run';
import { testCertificate, type TestCertificate } from '../certificates';
import { freePorts } from '../free-ports';
import { localServer } from '../local-server';
import type { ServerControl, ServerOptions, TestServer } from '../server';
import { ServerProcess } from '../server-process';
import { installOpenfire, OPENFIRE_SOURCES } from './install';
import { LineControl } from './line-control';

const DOMAIN = 'openfire.test';
/** What Openfire expects its stores to be locked with as long as nobody changes it. */
const STORE_PASSWORD = 'changeit';

/** Starts an Openfire 4.2.0 of its own, its database in its folder. It has no XMPP port for TCP, only the websocket. */
export async function startOpenfire(options: ServerOptions = {}): Promise<TestServer> {
  const { jars, classes } = await installOpenfire();
  const certificateKind = options.certificate ?? 'self-signed';
  const certificate = await testCertificate(certificateKind, DOMAIN);
  const ports = await freePorts(['ws', 'wss']);
  const server = new ServerProcess('openfire');
  const home = server.folder;

  for (const name of [
    'conf',
    'logs',
    'database',
    'plugins/admin',
    'resources/database',
    'resources/security',
  ])
    mkdirSync(join(home, name), { recursive: true });
  const source = (name: string): string => readFileSync(join(OPENFIRE_SOURCES, name), 'utf8');
  writeFileSync(join(home, 'conf/openfire.xml'), source('openfire.xml').replaceAll('@FOLDER@', home));
  writeFileSync(
    join(home, 'resources/database/openfire_hsqldb.sql'),
    source('schema.sql')
      .replace("'7070'", `'${String(ports.ws)}'`)
      .replace("'7443'", `'${String(ports.wss)}'`) + properties(options),
  );
  await writeStores(certificate, join(home, 'resources/security'));

  const lines = new LineControl(server);
  return localServer(
    {
      kind: 'openfire',
      version: '4.2.0',
      domain: DOMAIN,
      wsUrl: `ws://localhost:${String(ports.ws)}/ws/`,
      wssUrl: `wss://localhost:${String(ports.wss)}/ws/`,
      certificate,
      certificateKind,
      command: {
        file: 'java',
        args: [
          ...[
            '--add-opens=java.base/java.lang=ALL-UNNAMED',
            '-Djava.awt.headless=true',
            '-Dfile.encoding=UTF-8',
          ],
          ...['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData', '-Xshare:auto', '-Xmx128m'],
          ...[`-DopenfireHome=${home}`, `-Djava.io.tmpdir=${home}`, '-cp', `${classes}:${jars}/*`, 'Main'],
        ],
      },
      ports: [ports.ws, ports.wss],
      started: () => {
        lines.listen();
      },
      answers: () => lines.ask('ping'),
      control: openfireControl(lines),
    },
    server,
  );
}

function openfireControl(lines: LineControl): ServerControl {
  const ask = async (command: string, ...args: readonly string[]): Promise<void> => {
    await lines.ask(command, ...args);
  };
  return {
    createUser: (name, password) => ask('user', name, password),
    deleteUser: (name) => ask('unuser', name),
    setPassword: (name, password) => ask('password', name, password),
    kick: (name) => ask('kick', name),
    createGroup: (name, members) => ask('group', name, ...members),
    deleteGroup: (name) => ask('ungroup', name),
  };
}

function properties(options: ServerOptions): string {
  const chosen: Readonly<Record<string, string>> = {
    'register.inband': String(options.registration !== false),
    'register.password': 'true',
    ...(options.plainOnly === true ? { 'sasl.mechs': 'PLAIN' } : {}),
  };
  return Object.entries(chosen)
    .map(([name, value]) => `INSERT INTO ofProperty (name, propValue) VALUES ('${name}', '${value}');\n`)
    .join('');
}

/** The certificate as Java key stores of the old format, the only one that this Openfire reads. */
async function writeStores(certificate: TestCertificate, folder: string): Promise<void> {
  const bundle = join(folder, 'bundle.p12');
  const alias = `${DOMAIN}_rsa`;
  const ready = join(certificate.keyFile, '..', 'openfire.jks');
  if (!existsSync(ready)) {
    await run('openssl', [
      ...['pkcs12', '-export', '-inkey', certificate.keyFile, '-in', certificate.chainFile, '-name', alias],
      ...['-passout', `pass:${STORE_PASSWORD}`, '-out', bundle],
    ]);
    await run('keytool', [
      ...['-importkeystore', '-noprompt', '-srckeystore', bundle, '-srcstoretype', 'PKCS12'],
      ...['-srcstorepass', STORE_PASSWORD, '-destkeystore', ready, '-deststoretype', 'JKS'],
      ...['-deststorepass', STORE_PASSWORD, '-destkeypass', STORE_PASSWORD],
    ]);
    rmSync(bundle);
  }
  writeFileSync(join(folder, 'keystore'), readFileSync(ready));
  await run('keytool', [
    ...['-importcert', '-noprompt', '-alias', DOMAIN, '-file', certificate.caFile, '-storetype', 'JKS'],
    ...['-storepass', STORE_PASSWORD, '-keystore', join(folder, 'truststore')],
  ]);
}
