import type { ChaosServer } from '../../tests/fault/chaos/run-chaos';
import { MAIN_SERVERS } from '../../tests/servers/server';

export interface ChaosArguments {
  readonly rounds: number;
  /** Undefined: a new one, which is printed. */
  readonly seed: string | undefined;
  readonly servers: readonly ChaosServer[];
  /** Servers of each kind side by side: quicker where most of a round is waiting. */
  readonly lanes: number;
  /** `rooms`: the core in two rooms with two others; the rounds are those of each server. */
  readonly kind: 'core' | 'app' | 'rooms';
  /** The round at which each server begins, to have one again that failed. */
  readonly from: number;
}

export const USAGE = `usage: npm run chaos -- [--rounds N] [--seed S] [--server ${MAIN_SERVERS.join('|')}|all] [--app|--rooms] [--from ROUND] [--lanes N]`;

/** @returns undefined when the arguments make no sense */
export function readOptions(args: readonly string[]): ChaosArguments | undefined {
  const rest = args.flatMap((arg) => (arg.startsWith('--') ? arg.split('=', 2) : [arg]));
  let rounds = 30;
  let from = 1;
  let lanes = 1;
  let seed: string | undefined;
  let servers: readonly ChaosServer[] = MAIN_SERVERS;
  let kind: ChaosArguments['kind'] = 'core';
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--app' || arg === '--rooms') {
      kind = arg === '--app' ? 'app' : 'rooms';
      continue;
    }
    const value = rest.shift();
    if (value === undefined) return undefined;
    if (arg === '--rounds') rounds = Number(value);
    else if (arg === '--from') from = Number(value);
    else if (arg === '--lanes') lanes = Number(value);
    else if (arg === '--seed') seed = value;
    else if (arg === '--server') servers = MAIN_SERVERS.filter((name) => value === 'all' || value === name);
    else return undefined;
  }
  const whole = (number: number): boolean => Number.isInteger(number) && number > 0;
  return whole(rounds) && whole(from) && whole(lanes) && servers.length > 0
    ? { rounds, seed, servers, lanes, kind, from }
    : undefined;
}
