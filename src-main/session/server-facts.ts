import type { Link } from '../xmpp/link';
import { infoGet, parseInfo } from '../xmpp/xep/0030-disco';
import { registerGet } from '../xmpp/xep/0077-password';
import { parseVersion, versionGet } from '../xmpp/xep/0092-version';
import type { SessionContext } from './context';

export interface ServerFacts {
  readonly canChangePassword: boolean;
  readonly software: string | null;
}

export const unknownServer: ServerFacts = { canChangePassword: false, software: null };

/** Asks the server what it is and whether it lets us change the password; a server that says nothing can neither. */
export const askServer = async (link: Link, domain: string): Promise<ServerFacts> => {
  const [version, register] = await Promise.all([
    link.iq('get', versionGet(), { to: domain }),
    link.iq('get', registerGet()),
  ]);
  return {
    canChangePassword: register.ok,
    software: version.ok ? parseVersion(version.iq) : link.software,
  };
};

const SETTING = 'server-features';
/** More than any server has: a list without end is not kept. */
const MAX_FEATURES = 1_000;

/** What server and account can do (XEP-0030 §3.1): asked once a stream, known from the last one until then. */
export interface ServerFeatures {
  get(): ReadonlySet<string>;
  load(): Promise<void>;
  /** Two questions at once, which never fail: a server that says nothing can nothing. */
  fetch(link: Link): Promise<void>;
}

export const createServerFeatures = (
  context: Pick<SessionContext, 'bare' | 'domain' | 'store'>,
): ServerFeatures => {
  let features: ReadonlySet<string> = new Set();
  return {
    get: () => features,
    async load() {
      const kept: unknown = JSON.parse((await context.store.setting(SETTING)) ?? '[]');
      if (Array.isArray(kept)) features = new Set(kept.filter((one) => typeof one === 'string'));
    },
    async fetch(link) {
      const answers = await Promise.all(
        [context.domain, context.bare].map((to) => link.iq('get', infoGet(), { to })),
      );
      const found = answers.flatMap((answer) => (answer.ok ? (parseInfo(answer.iq)?.features ?? []) : []));
      const next = new Set(found.slice(0, MAX_FEATURES));
      // A stream that broke off says nothing about the server.
      if (answers.every(({ ok }) => !ok) && features.size > 0) return;
      const same = next.size === features.size && [...next].every((one) => features.has(one));
      features = next;
      if (!same) await context.store.putSetting(SETTING, JSON.stringify([...next]));
    },
  };
};
