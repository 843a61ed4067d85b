import type { SearchHit } from '../../../src-shared/model/history';
import { useRoster } from '../../stores/roster';
import { plainName } from '../../text/names';
import { useDoer } from '../conversation/use-doer';

/** Who does what a message tells of that was found. */
export const useHitDoer = (): ((hit: SearchHit) => string) => {
  const roster = useRoster();
  const doer = useDoer();
  return ({ message }) =>
    doer(message, message.nick === undefined ? roster.nameOf(message.peer) : plainName(message.nick, '?'));
};
