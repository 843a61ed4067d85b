import type { FastToken, LinkRequest } from '../link';
import type { AccountAddress } from './account-address';
import type { LinkDeps } from './deps';
import { IqCaller } from './iq-caller';
import { deadlines } from './deps';
import type { Session } from './live-link';
import type { Failed } from './outcome';
import type { XmppStream } from './xmpp-stream';

/** What every part of the walk to a session works with. */
export interface Walk {
  readonly stream: XmppStream;
  readonly endpoint: URL;
  /** The line is encrypted: wss. A plain line to this very computer is a plain line. */
  readonly encrypted: boolean;
  readonly request: LinkRequest;
  readonly account: AccountAddress;
  readonly deps: LinkDeps;
  readonly onToken: (token: FastToken | null) => void;
  /** The deadline of the walk as a whole ends: what follows has one of its own. */
  readonly endTotal: () => void;
}

/** What makes a link of a stream, but for how it was signed in. */
export type Begun = Pick<Session, 'iqs' | 'jid' | 'managed' | 'resumed' | 'refused' | 'inline' | 'software'>;
export type BegunOutcome = { readonly ok: true; readonly begun: Begun } | Failed;

export const iqCaller = ({ stream, deps, account }: Walk): IqCaller =>
  new IqCaller({
    clock: deps.clock,
    random: deps.random,
    send: (stanza) => stream.send(stanza),
    domain: account.domain,
    bare: account.bare,
    timeoutMs: deadlines(deps).iq,
  });
