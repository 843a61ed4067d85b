import type { TextKey } from '../../../src-shared/i18n';
import type { Outcome } from '../../../src-shared/ipc/errors';
import type { Contact } from '../../../src-shared/model/contact';
import { useRoster } from '../../stores/roster';
import { useUi } from '../../stores/ui';

/** What mends or ends one half of a subscription: seeing them, and being seen. Its words are those of the catalogue (`roster.*`). */
export type HalfAct = 'ask-again' | 'let-see' | 'stop-seeing' | 'stop-showing';

/** What can be done about the halves that there are, and about those that are not; a shared contact's are the administrator's. */
export const halfActsOf = ({
  subscription,
  approved,
  shared,
}: Pick<Contact, 'subscription' | 'approved' | 'shared'>): readonly HalfAct[] => {
  const sees = subscription === 'to' || subscription === 'both';
  const shows = subscription === 'from' || subscription === 'both' || approved === true;
  if (shared) return sees ? [] : ['ask-again'];
  return [
    ...(sees ? [] : (['ask-again'] as const)),
    ...(shows ? [] : (['let-see'] as const)),
    ...(sees ? (['stop-seeing'] as const) : []),
    ...(shows ? (['stop-showing'] as const) : []),
  ];
};

const doneWords = {
  'ask-again': 'roster.asked-again',
  'let-see': 'roster.let-seen',
  'stop-seeing': 'roster.stopped-seeing',
  'stop-showing': 'roster.stopped-showing',
} as const satisfies Record<HalfAct, TextKey>;

/** Does it, and says that it is done. */
export const useHalfAct = (): ((act: HalfAct, jid: string) => Promise<void>) => {
  const roster = useRoster();
  const ui = useUi();
  const steps: Readonly<Record<HalfAct, (jid: string) => Promise<Outcome<null>>>> = {
    'ask-again': roster.ask,
    'let-see': roster.letSee,
    'stop-seeing': roster.stopSeeing,
    'stop-showing': roster.deny,
  };
  return async (act, jid) => {
    const answer = await steps[act](jid);
    if (answer.ok) ui.confirm(doneWords[act], { name: roster.nameOf(jid) });
    else ui.sayError(answer.error);
  };
};
