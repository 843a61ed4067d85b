import { systemClock } from '../../src-main/desktop/clock';
import { systemRandom } from '../../src-main/desktop/random';
import { Secret, type Http, type Log } from '../../src-main/ports';
import type { FastToken, Link, LinkHooks, LinkOutcome, LinkRequest } from '../../src-main/xmpp/link';
import type { LinkDeps } from '../../src-main/xmpp/stream/deps';
import { openLink } from '../../src-main/xmpp/stream/open-link';
import type { Step, StepId } from '../../src-shared/model/connection';

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** A world without host-meta. */
export const nothingAnnounced: Http = {
  get: () => Promise.resolve({ ok: false, reason: 'nothing there' }),
};

export const linkDeps = (more: Partial<LinkDeps> = {}): LinkDeps => ({
  clock: systemClock,
  random: systemRandom,
  http: nothingAnnounced,
  log: silentLog,
  ...more,
});

export const linkRequest = (
  more: Partial<Omit<LinkRequest, 'password'>> & { readonly password?: string } = {},
): LinkRequest => ({
  jid: 'juliet@hostile.test',
  endpoints: [],
  resource: 'Flint-1a2b3c',
  allowPlain: false,
  scramSeen: false,
  mechanism: null,
  pins: new Map(),
  userAgent: '5f0b8d6e-3c1a-4f4f-9d67-0c6f0a2f7b11',
  token: null,
  wantsToken: false,
  resumable: 'no',
  resume: null,
  ...more,
  password: new Secret(more.password ?? 'secret'),
});

export interface Try {
  readonly outcome: LinkOutcome;
  readonly link: Link | null;
  /** The last state of each step. */
  readonly steps: ReadonlyMap<StepId, Step>;
  /** What was told of FAST tokens. */
  readonly tokens: readonly (FastToken | null)[];
  readonly xml: readonly {
    readonly direction: 'in' | 'out';
    readonly step: StepId | null;
    readonly xml: string;
  }[];
}

/** One try, with all that was told of it. */
export const tryLink = async (
  request: Partial<Omit<LinkRequest, 'password'>> & { readonly password?: string },
  more: Partial<LinkDeps> = {},
  signal = new AbortController().signal,
): Promise<Try> => {
  const steps = new Map<StepId, Step>();
  const xml: { direction: 'in' | 'out'; step: StepId | null; xml: string }[] = [];
  const tokens: (FastToken | null)[] = [];
  const hooks: LinkHooks = {
    onToken: (token) => tokens.push(token),
    onStep: (step) => steps.set(step.id, step),
    onXml: (direction, step, text) => xml.push({ direction, step, xml: text }),
  };
  const outcome = await openLink(linkRequest(request), linkDeps(more), hooks, signal);
  return { outcome, link: outcome.ok ? outcome.link : null, steps, xml, tokens };
};

/** The code and step of a failed try. */
export const failureOf = ({ outcome }: Pick<Try, 'outcome'>): string =>
  outcome.ok ? 'no failure' : `${outcome.failure.code} at ${outcome.failure.step}`;
