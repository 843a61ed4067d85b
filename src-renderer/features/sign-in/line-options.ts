import type { TextKey } from '../../../src-shared/i18n';
import { mechanisms, type AccountOptions } from '../../../src-shared/model/account';
import { serverUrlProblem } from '../../../src-shared/model/address';

/** Where and how to connect, as it is typed. */
export interface LineFields {
  server: string;
  resource: string;
  priority: string;
  /** Empty: the strongest. */
  mechanism: string;
}
/** What its fields are told, at sign-in and in the settings. */
export interface LineProps {
  serverError: string;
  priorityError: string;
  /** The endpoint that was found, while none is typed. */
  found: string | null;
  disabled: boolean;
}
type LineOptions = Pick<AccountOptions, 'server' | 'resource' | 'priority' | 'mechanism'>;

export const lineFields = ({ server, resource, priority, mechanism }: LineOptions): LineFields => ({
  server: server ?? '',
  resource: resource ?? '',
  priority: String(priority),
  mechanism: mechanism ?? '',
});
export const lineOptions = ({ server, resource, priority, mechanism }: LineFields): LineOptions => ({
  server: server.trim() || null,
  resource: resource.trim() || null,
  priority: Number(priority),
  mechanism: mechanisms.find((one) => one === mechanism) ?? null,
});

/** What is wrong with each, in words. */
export const lineProblems = (fields: LineFields): Readonly<Record<'server' | 'priority', TextKey | null>> => {
  const server = serverUrlProblem(fields.server);
  const priority = /^[+-]?\d{1,3}$/.test(fields.priority.trim()) ? Number(fields.priority) : NaN;
  return {
    server: server === null ? null : `signIn.server-${server}`,
    priority: priority >= -128 && priority <= 127 ? null : 'signIn.priority-range',
  };
};
