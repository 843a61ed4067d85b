import { failed, ok, type Outcome } from '../../src-shared/ipc/errors';
import type { AccountOptions } from '../../src-shared/model/account';
import { serverUrlProblem } from '../../src-shared/model/address';
import { parseJid, type Jid } from '../../src-shared/model/jid';
import type { AccountRecord } from './account-records';

export const isBadServer = ({ server }: AccountOptions): boolean =>
  server !== null && serverUrlProblem(server) !== null;

/** An address and options that can be tried, or what is wrong with them. */
export const checkOptions = (text: string, options: AccountOptions): Outcome<Jid> => {
  const address = parseJid(text.trim());
  if (!address || address.local === null) return failed('bad-jid');
  return isBadServer(options) ? failed('bad-url') : ok(address);
};

/** PLAIN was let go to one server (T27), and goes to no other. */
export const mayUsePlain = (known: AccountRecord | null, { server }: AccountOptions): boolean =>
  known !== null && known.allowPlain && known.options.server === server;

/** Nothing that a session begins with differs. */
export const isSameLine = (one: AccountOptions, other: AccountOptions): boolean =>
  (['server', 'resource', 'priority', 'mechanism'] as const).every((key) => one[key] === other[key]);
