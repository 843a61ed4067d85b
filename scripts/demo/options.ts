import type { ServerKind } from '../../tests/servers/server';

export interface DemoOptions {
  readonly server: ServerKind;
  /** End after the pictures instead of staying; only without a display. */
  readonly once: boolean;
  /** Behave as where there is no display. */
  readonly headless: boolean;
}

const SERVERS: readonly ServerKind[] = ['prosody', 'openfire', 'ejabberd'];
export const USAGE = `usage: npm run demo -- [--server ${SERVERS.join('|')}] [--headless] [--once]`;

/** @returns undefined when the arguments make no sense */
export function readOptions(args: readonly string[]): DemoOptions | undefined {
  let server: ServerKind | undefined = 'prosody';
  const flags = new Set<string>();
  const rest = args.flatMap((arg) => arg.split('=', 2));
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--server') {
      const name = rest.shift();
      server = SERVERS.find((kind) => kind === name);
    } else flags.add(arg);
  }
  const once = flags.delete('--once');
  const headless = flags.delete('--headless') || once;
  return server === undefined || flags.size > 0 ? undefined : { server, once, headless };
}
