import { attr, CLIENT, type Element } from '../../src-main/xmpp/element';
import type { Tally } from './faults';
import type { Archive, Entry } from './server-archive';
import { ns, own, peers, type ServerKind } from './server-kind';
import type { Session } from './server-session';

interface Parts {
  readonly kind: ServerKind;
  readonly archive: Archive;
  readonly tally: Tally;
  /** A copy of that message goes to the client. */
  readonly tells: (entry: Entry) => void;
}

/** Answers a query: numbered where there is a session, bare before. */
export const answerIq = (
  iq: Element,
  session: Session | null,
  bare: (frame: string) => void,
  parts: Parts,
): void => {
  const id = attr(iq, 'id') ?? '';
  const to = attr(iq, 'to');
  const from = to === undefined ? '' : ` from='${to}'`;
  const answer = (type: string, content: string): void => {
    const frame = `<iq xmlns='${CLIENT}' type='${type}' id='${id}'${from}>${content}</iq>`;
    if (session) session.stanza(frame);
    else bare(frame);
  };
  const refuse = (condition: string): void => {
    answer('error', `<error type='cancel'><${condition} xmlns='${ns.stanzas}'/></error>`);
  };
  const [query] = iq.getChildElements();
  const type = attr(iq, 'type');
  if (type !== 'get' && type !== 'set') return;
  switch (query?.getNS()) {
    case 'jabber:iq:roster':
      answer(
        'result',
        `<query xmlns='jabber:iq:roster'>${peers.map((jid) => `<item jid='${jid}' subscription='both'/>`).join('')}</query>`,
      );
      return;
    case 'http://jabber.org/protocol/disco#info':
      answer('result', info(parts.kind));
      return;
    case 'urn:xmpp:ping':
      answer('result', '');
      return;
    case 'jabber:iq:version':
      answer('result', `<query xmlns='jabber:iq:version'><name>Simulated</name><version>1</version></query>`);
      return;
    case ns.carbons:
      if (!parts.kind.carbons || !session) return refuse('service-unavailable');
      session.carbons = true;
      answer('result', '');
      return;
    case ns.mam:
      if (!parts.kind.archive || !session) return refuse('service-unavailable');
      archiveQuery(session, query, parts, answer, refuse);
      return;
    default:
      refuse('service-unavailable');
  }
};

const archiveQuery = (
  session: Session,
  query: Element,
  { archive, tally, tells }: Parts,
  answer: (type: string, content: string) => void,
  refuse: (condition: string) => void,
): void => {
  const found = query.getName() === 'query' ? archive.query(query) : null;
  if (!found) {
    if (query.getName() === 'query') tally.add('R10');
    return refuse('item-not-found');
  }
  if (found.results.length > 1) tally.add('R9');
  for (const entry of found.results) {
    tells(entry);
    const delay = `<delay xmlns='urn:xmpp:delay' stamp='${archive.stamp(entry.at)}'/>`;
    const inner = `<message xmlns='${CLIENT}' ${entry.head}>${entry.content}</message>`;
    session.stanza(
      `<message xmlns='${CLIENT}' from='${own}' to='${session.jid}'><result xmlns='${ns.mam}' queryid='${attr(query, 'queryid') ?? ''}' id='${entry.id}'>` +
        `<forwarded xmlns='${ns.forward}'>${delay}${inner}</forwarded></result></message>`,
    );
  }
  answer('result', found.fin);
};

const info = (kind: ServerKind): string => {
  const vars = [
    ...(kind.archive ? [ns.mam] : []),
    ...(kind.archive && kind.stanzaIds ? [ns.sid] : []),
    ...(kind.carbons ? [ns.carbons] : []),
    ...(kind.offline ? ['msgoffline'] : []),
  ].map((feature) => `<feature var='${feature}'/>`);
  return `<query xmlns='http://jabber.org/protocol/disco#info'><identity category='server' type='im'/>${vars.join('')}</query>`;
};
