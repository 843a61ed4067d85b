import type { Link } from '../xmpp/link';
import { registerGet } from '../xmpp/xep/0077-password';
import { parseVersion, versionGet } from '../xmpp/xep/0092-version';

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
  return { canChangePassword: register.ok, software: version.ok ? parseVersion(version.iq) : null };
};
