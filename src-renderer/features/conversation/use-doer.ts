import type { Quoted } from '../../../src-shared/model/quoted';
import { useFaces } from '../../stores/faces';
import { localPart } from '../../stores/jid';
import { useSession } from '../../stores/session';
import { plainName } from '../../text/names';

/** Who does what `/me` tells of (XEP-0245): of ours our name, for "You" would be wrong with the words that follow. */
export const useDoer = (): ((
  said: Pick<Quoted, 'direction' | 'nick'>,
  /** Whose it is otherwise. */
  name: string,
) => string) => {
  const faces = useFaces();
  const session = useSession();
  return ({ direction, nick = '' }, name) =>
    direction === 'in' ? name : plainName(nick, faces.ownName || localPart(session.jid));
};
