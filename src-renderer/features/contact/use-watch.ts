import type { Contact } from '../../../src-shared/model/contact';
import { useRoster } from '../../stores/roster';
import { useUi } from '../../stores/ui';

/** Of whoever is there nobody needs to be told; a wish can be taken back all the same. */
export const canWatch = ({ watched, subscription, presence }: Contact): boolean =>
  watched === true || ((subscription === 'to' || subscription === 'both') && presence.kind === 'offline');

/** "Tell me when online", on or off. */
export const useWatch = (): ((contact: Contact) => Promise<void>) => {
  const roster = useRoster();
  const ui = useUi();
  return async (contact) => {
    const { jid } = contact;
    const watched = contact.watched === true;
    const answer = await roster.watch(jid, !watched);
    if (!answer.ok) ui.sayError(answer.error);
    else if (!watched) ui.confirm('roster.watching', { name: roster.nameOf(jid) });
  };
};
