import { sensibleClock } from '../xmpp/guards/delay';
import type { Link } from '../xmpp/link';
import { parseUtc, timeGet } from '../xmpp/xep/0202-entity-time';
import type { SessionContext } from './context';

/**
 * What time it is at the server (XEP-0202), asked once a stream: what a room says now it stamps by that clock when it tells it
 * again, and what was missed is asked for by it. Ours may be wrong (R11).
 */
export interface ServerClock {
  /** Epoch milliseconds; our own clock's until the server has said. */
  now(): number;
  wentOnline(link: Link): void;
}

/**
 * A server may say whole seconds, and its word takes its time: by what differs no more ours is right, and what is said would be
 * dated before what was there (R9).
 */
const SECOND_MS = 1_000;
/** So much our clock was set, or the computer slept, before the server is asked once more. */
const SET_MS = 5_000;

export const createServerClock = ({
  domain,
  ports,
  link: linkNow,
}: Pick<SessionContext, 'domain' | 'ports' | 'link'>): ServerClock => {
  const { clock } = ports;
  /** What it said, and what our clocks said then. */
  let known: { readonly at: number; readonly ours: number; readonly even: number } | null = null;
  let asking: Link | null = null;

  /** What is dated early is told again; what is dated late would be missed. */
  const guess = (): number => {
    const ours = clock.now();
    if (!known) return ours;
    return Math.floor(known.at + Math.min(ours - known.ours, clock.monotonic() - known.even));
  };
  const ask = async (link: Link): Promise<void> => {
    if (asking === link) return;
    asking = link;
    const asked = clock.monotonic();
    const answer = await link.iq('get', timeGet(), { to: domain });
    if (linkNow() !== link) return;
    asking = null;
    const ours = clock.now();
    const said = answer.ok ? sensibleClock(parseUtc(answer.iq), ours) : null;
    const even = clock.monotonic();
    const isSame = said !== null && ours >= said && ours < said + SECOND_MS + even - asked;
    known = { at: isSame ? Math.min(ours, said + SECOND_MS - 1) : (said ?? guess()), ours, even };
  };

  return {
    now() {
      const link = linkNow();
      const apart = known ? clock.now() - known.ours - (clock.monotonic() - known.even) : 0;
      if (link && Math.abs(apart) > SET_MS) void ask(link);
      return guess();
    },
    wentOnline(link) {
      void ask(link);
    },
  };
};
