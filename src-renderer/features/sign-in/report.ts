import { stepIds, type Connection, type Step } from '../../../src-shared/model/connection';

export interface ReportHead {
  readonly version: string;
  readonly platform: string;
  readonly language: string;
  /** The server's domain; the name before it is nobody's business. */
  readonly server: string;
  /** As typed, or null when it was to be found. */
  readonly endpoint: string | null;
}

const line = ({ id, state, ms, detail }: Step): string =>
  [id.padEnd(10), state.padEnd(8), ms === null ? '' : `${String(Math.round(ms))} ms`, detail ?? '']
    .join('  ')
    .trimEnd();

/**
 * What happened while connecting, as plain text for an administrator. English and codes, whatever the window's
 * language, so that whoever gets it can search for it. No name, no password, no XML (T25).
 */
export const connectionReport = (head: ReportHead, connection: Connection): string => {
  const { failure, certificate, software } = connection;
  const params = Object.entries(failure?.params ?? {}).map(([name, value]) => `${name}=${value}`);
  const name = new RegExp(`\\S+@${head.server.replaceAll(/[^\p{L}\p{N}]/gu, '\\$&')}`, 'gu');
  return [
    `Flint ${head.version}, ${head.platform}, ${head.language}`,
    `Server: ${head.server}${software === null ? '' : ` (${software})`}`,
    `Address: ${head.endpoint ?? 'to be found'}`,
    `State: ${connection.phase}`,
    ...(failure === null ? [] : [`Failure: ${[`${failure.code} at ${failure.step}`, ...params].join(', ')}`]),
    ...(certificate === null
      ? []
      : [
          `Certificate: ${certificate.host}, ${certificate.subject}, issued by ${certificate.issuer}`,
          `Fingerprint: ${certificate.fingerprint}`,
          ...(certificate.previous === null ? [] : [`Before: ${certificate.previous}`]),
        ]),
    '',
    ...stepIds.flatMap((id) => connection.steps.filter((step) => step.id === id).map(line)),
  ]
    .map((text) => text.replace(name, `…@${head.server}`))
    .join('\n');
};
