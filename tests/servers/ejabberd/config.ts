import { join } from 'node:path';
import type { ServerOptions } from '../server';

export interface EjabberdSetup {
  readonly folder: string;
  readonly domain: string;
  readonly ports: Readonly<Record<'http' | 'https' | 'c2s', number>>;
  /** One file with the key, the certificate and the chain. */
  readonly pemFile: string;
  readonly options: ServerOptions;
}

const HASHES = { 'scram-sha-1': 'sha', 'scram-sha-256': 'sha256', 'scram-sha-512': 'sha512' } as const;
const SCRAM_NAMES = ['SHA-1', 'SHA-256', 'SHA-512'].flatMap((hash) => [
  `SCRAM-${hash}`,
  `SCRAM-${hash}-PLUS`,
]);

/**
 * The configuration, as JSON, which is YAML too: all on loopback, everything a desktop client can use, the
 * administrator's HTTP interface for the tests, no limits of rate, nothing that talks to other servers.
 */
export function ejabberdConfig(setup: EjabberdSetup): string {
  const { domain, folder, ports, options } = setup;
  const passwords = options.passwords ?? 'plain';
  const loopback = { ip: '127.0.0.1', backlog: 100 };
  const webHandlers = {
    '/ws': 'ejabberd_http_ws',
    '/upload': 'mod_http_upload',
  };
  return JSON.stringify(
    {
      hosts: [domain],
      loglevel: 'info',
      log_rotate_count: 0,
      language: 'en',
      certfiles: [setup.pemFile],
      ca_file: setup.pemFile,
      acme: { auto: false },
      // SQLite writes what it has acknowledged; the other store, Mnesia, would forget seconds of it in a crash.
      sql_type: 'sqlite',
      sql_database: join(folder, 'database/ejabberd.sqlite'),
      sql_pool_size: 1,
      default_db: 'sql',
      auth_method: 'sql',
      auth_password_format: passwords === 'plain' ? 'plain' : 'scram',
      ...(passwords === 'plain' ? {} : { auth_scram_hash: HASHES[passwords] }),
      disable_sasl_mechanisms: ['DIGEST-MD5', 'X-OAUTH2', ...(options.plainOnly === true ? SCRAM_NAMES : [])],
      s2s_access: 'none',
      listen: [
        { ...loopback, port: ports.c2s, module: 'ejabberd_c2s', starttls: true, max_stanza_size: 1_048_576 },
        {
          ...loopback,
          port: ports.http,
          module: 'ejabberd_http',
          request_handlers: { ...webHandlers, '/api': 'mod_http_api' },
        },
        { ...loopback, port: ports.https, module: 'ejabberd_http', tls: true, request_handlers: webHandlers },
      ],
      acl: { local: { user_regexp: '' }, loopback: { ip: ['127.0.0.0/8'] } },
      access_rules: {
        local: { allow: 'local' },
        registration: options.registration === false ? { deny: 'all' } : { allow: 'all' },
        loopback: { allow: 'loopback' },
      },
      api_permissions: {
        tests: { from: ['mod_http_api'], who: { ip: '127.0.0.0/8' }, what: '*' },
      },
      registration_timeout: 'infinity',
      modules: {
        mod_adhoc: {},
        mod_admin_extra: {},
        mod_blocking: {},
        mod_caps: {},
        mod_carboncopy: {},
        mod_client_state: {},
        mod_disco: {},
        mod_http_api: {},
        ...(options.upload === false
          ? {}
          : {
              mod_http_upload: {
                docroot: join(folder, 'upload'),
                put_url: `http://localhost:${String(ports.http)}/upload`,
                max_size: 10 * 1024 * 1024,
              },
            }),
        mod_last: {},
        mod_mam: { default: 'always', assume_mam_usage: true },
        mod_muc: { access_create: 'local', default_room_options: { mam: true } },
        mod_muc_admin: {},
        mod_offline: {},
        mod_ping: {},
        mod_privacy: {},
        mod_private: {},
        mod_pubsub: {
          plugins: ['flat', 'pep'],
          force_node_config: { 'storage:bookmarks': { access_model: 'whitelist' } },
        },
        mod_register: { access: 'registration', ip_access: 'loopback', password_strength: 0 },
        mod_roster: { versioning: true, store_current_id: true },
        mod_shared_roster: {},
        mod_stream_mgmt: {
          resend_on_timeout: 'if_offline',
          ...(options.resumeSeconds === undefined ? {} : { resume_timeout: options.resumeSeconds }),
        },
        mod_vcard: { search: true },
        mod_vcard_xupdate: {},
        mod_version: {},
      },
    },
    undefined,
    2,
  );
}
