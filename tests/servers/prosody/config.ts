import { join } from 'node:path';
import type { TestCertificate } from '../certificates';
import type { ServerOptions } from '../server';

export interface ProsodySetup {
  readonly folder: string;
  readonly domain: string;
  readonly ports: Readonly<Record<'http' | 'https' | 'c2s', number>>;
  readonly certificate: TestCertificate;
  readonly options: ServerOptions;
  /** Where the module of this folder, and those of the Debian package, are. */
  readonly pluginPaths: readonly string[];
  /** Modules beside those that every Prosody of ours has. */
  readonly modules: readonly string[];
  /** The same of its rooms. */
  readonly roomModules: readonly string[];
}

const MODULES = [
  ...['roster', 'saslauth', 'tls', 'dialback', 'disco', 'version', 'uptime', 'time', 'ping', 'private'],
  ...['carbons', 'pep', 'bookmarks', 'blocklist', 'vcard_legacy', 'offline', 'mam', 'smacks', 'csi_simple'],
  ...['register', 'lastactivity', 'groups', 'websocket', 'http', 'flint_control'],
];

const SASL_NAMES = ['SCRAM-SHA-1', 'SCRAM-SHA-256', 'SCRAM-SHA-1-PLUS', 'SCRAM-SHA-256-PLUS', 'DIGEST-MD5'];

/** Where contacts by the thousand live (crowd.ts). */
export const crowdDomain = (domain: string): string => `staff.${domain}`;
/** Rooms that take whoever asks to be a member (XEP-0045 §7.10). */
export const clubDomain = (domain: string): string => `clubs.${domain}`;
/** Where a component of the test's own answers (component.ts), if there is one. */
export const componentDomain = (domain: string): string => `halls.${domain}`;
export const COMPONENT_SECRET = 'of the tests';

/** The configuration file: all on loopback, everything a desktop client can use, nothing that talks to other servers. */
export function prosodyConfig(setup: ProsodySetup): string {
  const { domain, ports, certificate, options } = setup;
  const passwords = options.passwords ?? 'scram-sha-1';
  if (passwords === 'scram-sha-512')
    throw new Error('Prosody holds SHA-1 or SHA-256 hashes, or plain passwords');
  const folder = (name: string): string => lua(join(setup.folder, name));
  const authentication =
    passwords === 'plain'
      ? 'authentication = "internal_plain"'
      : `authentication = "internal_hashed"; password_hash = "${passwords === 'scram-sha-256' ? 'SHA-256' : 'SHA-1'}"`;
  const withheld = options.plainOnly === true ? SASL_NAMES : ['DIGEST-MD5'];

  return `
run_as_root = true
pidfile = ${folder('prosody.pid')}
data_path = ${folder('data')}
plugin_paths = { ${setup.pluginPaths.map(lua).join(', ')} }
log = { info = "*console" }
modules_enabled = { ${[...MODULES, ...setup.modules].map(lua).join(', ')} }
modules_disabled = { "s2s", "limits" }
interfaces = { "127.0.0.1" }
local_interfaces = { "127.0.0.1" }
c2s_ports = { ${String(ports.c2s)} }
c2s_direct_tls_ports = {}
http_ports = { ${String(ports.http)} }
http_interfaces = { "127.0.0.1" }
https_ports = { ${String(ports.https)} }
https_interfaces = { "127.0.0.1" }
component_ports = { ${options.componentPort === undefined ? '' : String(options.componentPort)} }
component_interfaces = { "127.0.0.1" }
http_default_host = ${lua(domain)}
trusted_proxies = {}
consider_websocket_secure = true
consider_bosh_secure = true
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
${authentication}
disable_sasl_mechanisms = { ${withheld.map(lua).join(', ')} }
allow_registration = ${options.registration === false ? 'false' : 'true'}
${archive(setup)}
archive_expires_after = "never"
${options.resumeSeconds === undefined ? '' : `smacks_hibernation_time = ${String(options.resumeSeconds)}`}
${tokenTimes(options)}
groups_file = ${folder('groups.txt')}
ssl = { key = ${lua(certificate.keyFile)}, certificate = ${lua(certificate.chainFile)} }
https_ssl = { key = ${lua(certificate.keyFile)}, certificate = ${lua(certificate.chainFile)} }

VirtualHost ${lua(domain)}
  http_host = ${lua(domain)}

Component ${lua(`conference.${domain}`)} "muc"
  name = "Rooms"
  modules_enabled = { ${['muc_mam', ...setup.roomModules].map(lua).join(', ')} }
  restrict_room_creation = false

Component ${lua(clubDomain(domain))} "muc"
  name = "Clubs"
  disco_hidden = true
  allow_unaffiliated_register = true

Component ${lua(crowdDomain(domain))} "flint_crowd"
  disco_hidden = true
${component(setup)}
${upload(setup)}`;
}

/** XEP-0114. */
function component({ domain, options }: ProsodySetup): string {
  if (options.componentPort === undefined) return '';
  return `
Component ${lua(componentDomain(domain))}
  component_secret = ${lua(COMPONENT_SECRET)}
  disco_hidden = true
`;
}

function upload({ domain, ports, options }: ProsodySetup): string {
  if (options.upload === false) return '';
  return `
Component ${lua(`upload.${domain}`)} "http_file_share"
  http_host = ${lua(domain)}
  http_external_url = "http://localhost:${String(options.uploadPort ?? ports.http)}/"
  http_file_share_size_limit = ${String(options.uploadBytes ?? 10 * 1024 * 1024)}
`;
}

/** What its documentation recommends for long archives is SQL. */
function archive({ folder, options }: ProsodySetup): string {
  if (options.archive !== 'sqlite') return 'storage = "internal"';
  return `default_storage = "internal"
storage = { archive = "sql", muc_log = "sql" }
sql = { driver = "SQLite3", database = ${lua(join(folder, 'data', 'archive.sqlite'))} }`;
}

function tokenTimes({ tokens }: ServerOptions): string {
  if (!tokens) return '';
  const { endAfter, renewAfter } = tokens;
  return `sasl2_fast_token_ttl = ${String(endAfter)}; sasl2_fast_token_min_ttl = ${String(renewAfter)}`;
}

function lua(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
