import { startServer } from './start-server';
import type { ServerKind, ServerOptions } from './server';

// One server by hand, for developing: npx tsx tests/servers/run.ts openfire
//   --plain-only  --no-registration  --certificate=expired  --passwords=scram-sha-256  --log

const KINDS: readonly ServerKind[] = ['prosody', 'prosody13', 'ejabberd', 'openfire'];
const [wanted = 'prosody', ...flags] = process.argv.slice(2);
const kind = KINDS.find((name) => name === wanted);
if (kind === undefined) {
  console.error(`There is no server called ${wanted}: ${KINDS.join(', ')}`);
  process.exit(1);
}

const value = (flag: string): string | undefined =>
  flags.find((given) => given.startsWith(`--${flag}=`))?.slice(flag.length + 3);
const options = {
  registration: !flags.includes('--no-registration'),
  plainOnly: flags.includes('--plain-only'),
  ...(value('certificate') === undefined ? {} : { certificate: value('certificate') }),
  ...(value('passwords') === undefined ? {} : { passwords: value('passwords') }),
} as ServerOptions;

const server = await startServer(kind, options);
for (const name of ['juliet', 'romeo', 'nurse']) await server.createUser(name, `${name}pw`);
await server.createGroup('Capulets', ['juliet', 'nurse']);

console.log(`${server.kind} ${server.version}, domain ${server.domain}`);
console.log(`  ${server.wsUrl}\n  ${server.wssUrl}`);
if (server.tcpPort !== undefined) console.log(`  TCP 127.0.0.1:${String(server.tcpPort)}`);
console.log(`  certificate: ${server.certificate.kind}, SHA-256 ${server.certificate.fingerprint256}`);
console.log(`  accounts: juliet, romeo, nurse @${server.domain}; passwords julietpw, romeopw, nursepw`);
console.log('Ctrl+C ends it.');

const end = (): void => {
  void server.stop().then(() => {
    if (flags.includes('--log')) console.log(server.log());
    process.exit(0);
  });
};
process.once('SIGINT', end).once('SIGTERM', end);
// The server's own pipes do not keep this process: a timer does.
setInterval(() => undefined, 60_000);
