import type { AccountState } from '../../src-shared/ipc/states';
import type { Settings } from '../../src-shared/model/settings';
import type { Ports } from '../ports';

/** Anything that looks like an address of a person, a room or a server's endpoint. */
const ADDRESS = /[^\s"'<>@/]+@[^\s"'<>@/,;:]+(?:\/[^\s"'<>,;]*)?/gu;
const ENDPOINT = /\bwss?:\/\/[^\s"'<>,;]+/gu;

/** T25: without addresses; the log itself holds no word of anybody's. */
export const withoutAddresses = (text: string): string =>
  text.replace(ENDPOINT, '[server]').replace(ADDRESS, '[address]');

const accountLines = ({
  connection,
  history,
  archive,
  presence,
  absence,
}: AccountState): readonly string[] => [
  `connection: ${connection.phase}${connection.failure ? ` (${connection.failure.step}: ${connection.failure.code})` : ''}`,
  // What a step found can be a host or an address: only how it went.
  `steps: ${connection.steps.map(({ id, state, ms }) => `${id} ${state}${ms === null ? '' : ` ${String(Math.round(ms))} ms`}`).join(', ')}`,
  `server: ${connection.software ?? 'unknown'}`,
  `presence: ${presence.kind}${absence === null ? '' : ` (${absence})`}`,
  `history: ${history}, archive: ${archive.is}`,
];

/** What helps to find out what is wrong, as text to copy: no addresses, no messages, no passwords. */
export const writeDiagnostics = async (
  { system, diagnostics, secrets, clock }: Pick<Ports, 'system' | 'diagnostics' | 'secrets' | 'clock'>,
  facts: {
    readonly accounts: readonly AccountState[];
    readonly settings: Settings;
    readonly locale: string;
    readonly tray: boolean;
  },
): Promise<string> => {
  const versions = Object.entries(diagnostics.versions()).map(([name, version]) => `${name} ${version}`);
  const head = [
    `Flint ${system.appVersion} on ${system.platform}, ${new Date(clock.now()).toISOString()}`,
    versions.join(', '),
    `language: ${facts.locale}, theme: ${facts.settings.theme}, text: ${String(facts.settings.textSize)} %`,
    `keyring: ${secrets.state()}, tray: ${facts.tray ? 'yes' : 'no'}`,
  ];
  const accounts = facts.accounts.flatMap((account) => ['', ...accountLines(account)]);
  const log = await diagnostics.recentLog();
  return withoutAddresses([...head, ...accounts, '', ...log].join('\n'));
};
