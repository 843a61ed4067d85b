import type { Presence } from '../../../src-shared/model/presence';
import { plainName } from '../../text/names';

/** What somebody wrote beside their presence; "On the phone" is written so, and stands there already. */
export const wordsBeside = ({ kind, status }: Pick<Presence, 'kind' | 'status'>): string =>
  kind === 'phone' ? '' : plainName(status ?? '');
