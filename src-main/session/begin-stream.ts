import type { Failure } from '../../src-shared/model/connection';
import type { ShownPresence } from '../../src-shared/model/presence';
import type { Link } from '../xmpp/link';
import type { AccountServices } from './account-services';
import type { SessionContext } from './context';
import type { PresenceChoice } from './presence-choice';
import { routeStanzas } from './router';
import type { Report } from './supervisor';

/** Roster and presence on a new stream; one that goes on with the session before has both. */
export const createBeginStream = (
  context: SessionContext,
  services: AccountServices,
  presence: PresenceChoice,
): ((opened: Link, report: Report) => Promise<Failure | null>) => {
  const { people, offline, resume } = services;
  const { roster } = people;
  /** XEP-0198 §5: roster and presence are as they were, unless the user has chosen another presence meanwhile. */
  const goOn = async (opened: Link, announced: ShownPresence, report: Report): Promise<Failure | null> => {
    report.skip('roster');
    report.skip('presence');
    await people.resumed(opened);
    if (!(await presence.goOn(opened, announced))) {
      return { code: 'cannot-be-invisible', step: 'presence', params: {} };
    }
    resume.touched();
    return null;
  };

  return async (opened, report) => {
    const announced = resume.announced();
    const cached = resume.opened(opened);
    if (cached) roster.restore(cached);
    if (!opened.resumed) roster.wentOffline();
    opened.onStanza(routeStanzas(context, opened, { ...services, kept: resume.touched }));
    if (opened.resumed && announced) return goOn(opened, announced, report);
    report.start('roster');
    const fetched = await people.begin(opened);
    if (!fetched.ok) {
      return { code: 'stream-error', step: 'roster', params: { condition: fetched.error.condition } };
    }
    report.done('roster', String(roster.state().contacts.length));
    report.start('presence');
    await offline.begin(opened);
    const refused = await presence.announce(opened);
    if (refused) return refused;
    report.done('presence', presence.shown().kind);
    return null;
  };
};
