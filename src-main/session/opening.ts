import { typedServers } from '../../src-shared/model/address';
import type { Failure } from '../../src-shared/model/connection';
import type { Jid } from '../../src-shared/model/jid';
import { uuid } from './uuid';
import type { Ports } from '../ports';
import type { FastToken, LinkHooks, LinkOutcome, LinkRequest, Resumption } from '../xmpp/link';
import type { RegisterOutcome, RegisterRefusal } from '../xmpp/stream/register';
import { resumesSafely } from '../xmpp/stream/software';
import type { AccountRecord } from './account-records';
import type { Credentials } from './credentials';
import type { StepHooks } from './supervisor';

/** The ways to the server (stream/), with what they need of the world already in them. */
export interface Ways {
  readonly openLink: (request: LinkRequest, hooks: LinkHooks, signal: AbortSignal) => Promise<LinkOutcome>;
  readonly registerAccount: (
    request: LinkRequest,
    hooks: Pick<LinkHooks, 'onStep' | 'onXml'>,
    signal: AbortSignal,
  ) => Promise<RegisterOutcome>;
  readonly invalidateToken: (request: LinkRequest) => Promise<boolean>;
}

export interface OpeningParts extends Ways {
  readonly ports: Pick<Ports, 'random' | 'log'>;
  readonly address: Jid;
  readonly credentials: Credentials;
  record(): AccountRecord;
  /** Keeps a change of the record; never rejects. */
  keep(change: Partial<AccountRecord>): Promise<unknown>;
  /** The session that may still be resumed. */
  resumption(): Resumption | null;
  onXml: LinkHooks['onXml'];
}

/** What an account's tries to get a session ask for, and what is kept of what they found. */
export interface Opening {
  /** One try. */
  open(signal: AbortSignal, hooks: StepHooks): Promise<LinkOutcome>;
  /** Whether the next try makes the account first (XEP-0077). */
  register(first: boolean): void;
  /** Somebody asks for a session: under a name that no other one has, if ours was taken (`conflict`). */
  freshResource(): void;
  /** Ends the FAST token here, and then at the server (XEP-0484 §3.5): on a stream of its own, in bounded time. Never rejects. */
  revokeToken(): Promise<void>;
}

const refusedRegistration = ({ code, params = {} }: RegisterRefusal): Failure => ({
  code: code === 'server-refused' ? 'registration-refused' : code,
  step: 'auth',
  params,
});

const resumable = (software: string | null): LinkRequest['resumable'] =>
  software === null ? 'unknown-server' : resumesSafely(software) ? 'yes' : 'no';

const MOST_SILENT = 2;
const MOST_HOPELESS = 2;

export const createOpening = (parts: OpeningParts): Opening => {
  const { ports, address, credentials, record, keep } = parts;
  let registering = false;
  /**
   * R18: random, so that it can be nobody else's. The same from line to line: a session of ours that the server still takes for
   * alive ends where this one begins (RFC 6120 §7.7.2.2), and gives back what it had not delivered before anything new comes.
   */
  let suffix = ports.random.id().slice(0, 6);
  /**
   * R26: so many sessions in a row were resumed and silent then. Once happens on a good server too: Prosody 0.12 is deaf when
   * the line before was cut in the middle of a frame. Twice is enough for this run of the app.
   */
  let silent = 0;
  /** Tries in a row to go on with this session that came to nothing: once the line may have been at fault. */
  let hopeless: { readonly id: string; readonly tries: number } | null = null;

  const userAgent = async (): Promise<string> => {
    const known = record().userAgent;
    if (known !== null) return known;
    const made = uuid(ports.random);
    await keep({ userAgent: made });
    return made;
  };

  const toResume = (): Resumption | null => {
    const session = parts.resumption();
    const given = hopeless !== null && session?.id === hopeless.id && hopeless.tries >= MOST_HOPELESS;
    return silent >= MOST_SILENT || given ? null : session;
  };

  const request = async (
    password: LinkRequest['password'],
    token: FastToken | null,
  ): Promise<LinkRequest> => {
    const { options, allowPlain, scramSeen, pins, software } = record();
    return {
      jid: address.bare,
      password,
      endpoints: typedServers(options.server),
      resource: `${options.resource ?? 'Flint'}-${suffix}`,
      allowPlain,
      scramSeen,
      mechanism: options.mechanism,
      pins: new Map(Object.entries(pins)),
      userAgent: await userAgent(),
      token,
      wantsToken: options.rememberPassword && options.mechanism === null,
      resumable: silent >= MOST_SILENT ? 'no' : resumable(software),
      resume: toResume(),
    };
  };

  const open: Opening['open'] = async (signal, { onStep }) => {
    const secret = await credentials.password();
    if (!secret.ok) return { ok: false, failure: secret.failure, certificate: null };
    const token = record().options.mechanism === null ? await credentials.token() : null;
    const asked = await request(secret.password, token);
    const hooks = { onStep, onXml: parts.onXml };
    if (registering) {
      const made = await parts.registerAccount(asked, hooks, signal);
      if (made.kind === 'failed') return { ok: false, failure: made.failure, certificate: made.certificate };
      if (made.kind === 'refused')
        return { ok: false, failure: refusedRegistration(made.error), certificate: null };
      registering = false;
    }
    const onToken = (token: FastToken | null): void => void credentials.keepToken(token);
    const outcome = await parts.openLink(asked, { ...hooks, onToken }, signal);
    if (!outcome.ok) {
      const { resume } = asked;
      const { step, code } = outcome.failure;
      // Asked for within SASL2 it is the sign-in that gets no answer.
      if (resume && (step === 'sm' || (step === 'auth' && code === 'timeout'))) {
        hopeless = { id: resume.id, tries: (hopeless?.id === resume.id ? hopeless.tries : 0) + 1 };
      }
      return outcome;
    }
    const { link } = outcome;
    hopeless = null;
    if (link.resumed) silent = 0;
    else if (link.refused?.silent) silent += 1;
    if (link.software !== null) await keep({ software: link.software });
    return outcome;
  };

  return {
    open,
    register(first) {
      registering = first;
    },
    freshResource() {
      suffix = ports.random.id().slice(0, 6);
    },
    async revokeToken() {
      const token = await credentials.takeToken();
      if (!token) return;
      const secret = await credentials.password();
      const gone = secret.ok && (await parts.invalidateToken(await request(secret.password, token)));
      if (!gone) ports.log.info('token-not-invalidated');
    },
  };
};
