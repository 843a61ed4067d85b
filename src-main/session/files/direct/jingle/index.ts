import { attr } from '../../../../xmpp/element';
import { JINGLE, jingleError, parseJingle } from '../../../../xmpp/xep/0166-jingle';
import { JINGLE_FILES } from '../../../../xmpp/xep/0234-jingle-files';
import { JINGLE_IBB } from '../../../../xmpp/xep/0261-jingle-bytestreams';
import { iqError } from '../../../../xmpp/xep/6120-stanza-error';
import type { SessionContext } from '../../../context';
import type { OfferDesk, Way } from '../ways';
import { createOurs } from './ours';
import { createSessions } from './sessions';
import { createTheirs } from './theirs';

/** Jingle (XEP-0166) with files (XEP-0234) over in-band bytestreams (XEP-0261). */
export const createJingle = (context: Pick<SessionContext, 'link' | 'ports'>, desk: OfferDesk): Way => {
  const sessions = createSessions(context);
  const begin = createTheirs(context, sessions, desk);
  return {
    features: [JINGLE, JINGLE_FILES, JINGLE_IBB],
    offer: createOurs(context, sessions),
    async take(iq) {
      const request = parseJingle(iq);
      if (request === null) return false;
      const from = attr(iq, 'from') ?? '';
      const session = request === 'bad' ? undefined : sessions.find(from, request.sid);
      if (session && request !== 'bad') {
        await sessions.hand(session, request, iq);
        return true;
      }
      if (!(await desk.mayOffer(from))) return false;
      if (request === 'bad') sessions.answer(iqError(iq, 'bad-request', 'modify'));
      else if (request.action === 'session-initiate') await begin(request, iq);
      else sessions.answer(jingleError(iq, 'unknown-session'));
      return true;
    },
    wentOffline: sessions.wentOffline,
  };
};
