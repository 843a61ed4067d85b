import type { Quoted } from '../../../src-shared/model/quoted';
import { plainName } from '../../text/names';

/** Who said what is quoted, as it is shown. */
export const quotedName = (
  { direction, nick }: Pick<Quoted, 'direction' | 'nick'>,
  peerName: string,
  you: string,
): string => {
  if (direction === 'out') return you;
  return nick === undefined ? peerName : plainName(nick, '?');
};
