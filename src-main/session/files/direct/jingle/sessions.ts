import type { Element } from '../../../../xmpp/element';
import {
  jingle,
  jingleContent,
  jingleError,
  jingleReason,
  type JingleAction,
  type JingleRequest,
} from '../../../../xmpp/xep/0166-jingle';
import { iqError, iqResult } from '../../../../xmpp/xep/6120-stanza-error';
import type { SessionContext } from '../../../context';

/** A session about one file (XEP-0166 §5), whoever began it. */
export interface Session {
  /** Full JID of the other client: nobody else says anything in it. */
  readonly peer: string;
  readonly sid: string;
  /** Answers what the other side says in it; false: it is nothing that its kind of session knows. */
  take(request: JingleRequest, iq: Element): Promise<boolean>;
  wentOffline(): void;
}

export interface Sessions {
  find(peer: string, sid: string): Session | undefined;
  add(session: Session): void;
  /** It is over, and known no more. */
  drop(session: Session): void;
  /** Says something in a session; whoever knows it no more is told nothing else. */
  say(session: Pick<Session, 'peer' | 'sid'>, action: JingleAction, ...inside: readonly Element[]): void;
  /** The last word of a session, from here. */
  terminate(session: Session, reason: Element): void;
  /** Hands what the other side says to its session, and answers what is the same in each. */
  hand(session: Session, request: JingleRequest, iq: Element): Promise<void>;
  answer(stanza: Element): void;
  wentOffline(): void;
}

const keyOf = (peer: string, sid: string): string => `${peer}\n${sid}`;

export const createSessions = (context: Pick<SessionContext, 'link'>): Sessions => {
  const open = new Map<string, Session>();
  const answer = (stanza: Element): void => context.link()?.send(stanza);
  const drop = (session: Session): void => {
    const key = keyOf(session.peer, session.sid);
    if (open.get(key) === session) open.delete(key);
  };
  const say: Sessions['say'] = ({ peer, sid }, action, ...inside) => {
    void context.link()?.iq('set', jingle(action, sid, {}, ...inside), { to: peer });
  };
  /** A session here has one file and one way for its bytes, from its beginning to its end. */
  const inEach = (session: Session, { action, contents, info }: JingleRequest, iq: Element): void => {
    switch (action) {
      case 'content-add':
        answer(iqResult(iq));
        say(
          session,
          'content-reject',
          ...contents.map((one) => jingleContent(one)),
          jingleReason('incompatible-parameters'),
        );
        break;
      case 'transport-replace':
        answer(iqResult(iq));
        say(session, 'transport-reject', ...contents.map((one) => jingleContent(one)));
        break;
      case 'session-info':
        // §6.8: without anything in it, it asks whether the session is there.
        answer(info ? jingleError(iq, 'unsupported-info') : iqResult(iq));
        break;
      case 'content-modify':
      case 'transport-info':
      case 'description-info':
      case 'security-info':
        answer(iqError(iq, 'feature-not-implemented', 'cancel'));
        break;
      case 'session-initiate':
      case 'session-accept':
      case 'session-terminate':
      case 'content-accept':
      case 'content-reject':
      case 'content-remove':
      case 'transport-accept':
      case 'transport-reject':
        answer(jingleError(iq, 'out-of-order'));
    }
  };

  return {
    find: (peer, sid) => open.get(keyOf(peer, sid)),
    add: (session) => open.set(keyOf(session.peer, session.sid), session),
    drop,
    say,
    terminate(session, reason) {
      drop(session);
      say(session, 'session-terminate', reason);
    },
    async hand(session, request, iq) {
      if (!(await session.take(request, iq))) inEach(session, request, iq);
    },
    answer,
    wentOffline() {
      const lost = [...open.values()];
      open.clear();
      for (const session of lost) session.wentOffline();
    },
  };
};
