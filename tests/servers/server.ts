/** The servers that tests and the demo run: real ones, on loopback, each in a folder of its own. */
export type ServerKind = 'prosody' | 'prosody13' | 'ejabberd' | 'openfire';

/** The servers on which every specification runs; prosody13 is there for SASL2 and FAST alone. */
export const MAIN_SERVERS = ['prosody', 'ejabberd', 'openfire'] as const satisfies readonly ServerKind[];

export type CertificateKind = 'trusted' | 'self-signed' | 'expired' | 'wrong-name';

/** How a server holds passwords, which decides what SASL mechanisms it can offer. */
export type PasswordStore = 'plain' | 'scram-sha-1' | 'scram-sha-256' | 'scram-sha-512';

export interface ServerOptions {
  /** XEP-0077 accounts made by whoever connects. Default: yes. */
  readonly registration?: boolean;
  /** Default: what the server does when it is freshly installed. Openfire holds plain passwords whatever is asked. */
  readonly passwords?: PasswordStore;
  /** Offer PLAIN and nothing else, as a server with an LDAP back end does. */
  readonly plainOnly?: boolean;
  /** Default: self-signed on Openfire, as it makes one itself; trusted (by the test authority) elsewhere. */
  readonly certificate?: CertificateKind;
  /** Seconds that a lost session can be resumed. Default: the server's own. Openfire has no such option. */
  readonly resumeSeconds?: number;
  /** Takes no files (XEP-0363). Openfire 4.2 never does. */
  readonly upload?: false;
  /** Prosody: the largest file that it takes. Default: 10 MiB. */
  readonly uploadBytes?: number;
  /** Prosody: the port that its slots name, of a proxy before it. Default: its own. */
  readonly uploadPort?: number;
  /** Prosody: where archives are kept. Default: in files, as it does when it is freshly installed. */
  readonly archive?: 'sqlite';
  /** Prosody: where a component of the test's own can connect (XEP-0114). Default: nowhere. */
  readonly componentPort?: number;
  /** Prosody 13: seconds after which a FAST token ends, and after which a used one is replaced. Default: weeks, and a day. */
  readonly tokens?: { readonly endAfter: number; readonly renewAfter: number };
}

/** What a specification needs to know of a running server; plain data, so that it can cross processes. */
export interface ServerAddress {
  readonly kind: ServerKind;
  readonly version: string;
  /** The XMPP domain, the right half of every address. Not a name that resolves, save on Prosody. */
  readonly domain: string;
  readonly host: '127.0.0.1';
  readonly wsUrl: string;
  /** On `localhost`, which the certificate names (save those of kind wrong-name). */
  readonly wssUrl: string;
  /** Client port of RFC 6120, without TLS required; Openfire has none. */
  readonly tcpPort?: number;
  readonly certificate: {
    readonly kind: CertificateKind;
    /** SHA-256 over the DER form, `AB:CD:…`, as `tls.PeerCertificate.fingerprint256`. */
    readonly fingerprint256: string;
    readonly pem: string;
    /** The authority that signed it; for a self-signed certificate itself. */
    readonly caPem: string;
  };
}

/** What a test may ask of a server behind its back, as its administrator. */
export interface ServerControl {
  createUser(name: string, password: string): Promise<void>;
  deleteUser(name: string): Promise<void>;
  setPassword(name: string, password: string): Promise<void>;
  /** Ends every session of this account with a stream error. */
  kick(name: string): Promise<void>;
  /**
   * A group that the server puts into the rosters of its members (names without domain). Members that are signed in
   * get a push on Openfire and ejabberd; on Prosody it is there from their next sign-in.
   */
  createGroup(name: string, members: readonly string[]): Promise<void>;
  deleteGroup(name: string): Promise<void>;
}

export interface TestServer extends ServerAddress, ServerControl {
  /** Plain data for other processes. */
  address(): ServerAddress;
  /** Ends it as its administrator would, keeping data and ports for `start`. */
  shutDown(): Promise<void>;
  /** Ends it by SIGKILL, keeping data and ports for `start`. */
  crash(): Promise<void>;
  /** Starts it again after `shutDown` or `crash`, on the same ports with the same data. */
  start(): Promise<void>;
  /** `shutDown` and `start`. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
  /** What it has written to its log since the first start. */
  log(): string;
}
