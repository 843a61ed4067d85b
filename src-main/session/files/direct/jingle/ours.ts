import type { Timer } from '../../../../ports';
import type { Link } from '../../../../xmpp/link';
import {
  jingle,
  jingleContent,
  jingleError,
  type JingleContent,
  type JingleRequest,
} from '../../../../xmpp/xep/0166-jingle';
import { fileDescription, isReceived, wantsPart } from '../../../../xmpp/xep/0234-jingle-files';
import { parseStreamTransport, streamTransport } from '../../../../xmpp/xep/0261-jingle-bytestreams';
import { iqResult } from '../../../../xmpp/xep/6120-stanza-error';
import type { SessionContext } from '../../../context';
import { ANSWER_MS, BLOCK, offerFault, type DirectOutcome, type Way } from '../ways';
import { outcomeOf, reasonOfOutcome } from './reasons';
import type { Session, Sessions } from './sessions';

/** Who has the file says so; who says nothing has it too, as far as anybody knows: each piece was answered. */
const END_MS = 20_000;

const content: Pick<JingleContent, 'creator' | 'name' | 'senders'> = {
  creator: 'initiator',
  name: 'file',
  senders: 'initiator',
};

/**
 * Files that we offer in a Jingle session (XEP-0234 §6.1):
 *
 *          session-initiate         session-accept                        session-terminate, received
 *   (none) ────────────────▶ asked ────────────────▶ taken ──▶ all is sent ────────────────────────▶ over
 *                              └──── session-terminate, called off, line lost, no answer in time ─────┘
 */
export const createOurs = (context: Pick<SessionContext, 'ports'>, sessions: Sessions): Way['offer'] => {
  const { clock, random } = context.ports;

  /** The size of blocks that an answer takes our stream with; null: it takes something else. */
  const takenWith = ({ contents }: JingleRequest, stream: string, size: number): number | null => {
    const [one] = contents;
    const way = one?.transport ? parseStreamTransport(one.transport) : null;
    if (way === null || way === 'bad' || way.sid !== stream || way.blockSize > BLOCK) return null;
    return one?.description && wantsPart(one.description, size) ? null : way.blockSize;
  };

  return async (link: Link, to, { name, file }, signal, asks) => {
    const [sid, stream] = [random.id(), random.id()];
    /** `end`: what it came to. */
    const now: {
      blockSize: number | null;
      received: boolean;
      end: DirectOutcome | null;
      timer: Timer | null;
    } = { blockSize: null, received: false, end: null, timer: null };
    /** Something was said that somebody here waits for. */
    let wake = (): void => undefined;
    const over = (how: DirectOutcome): void => {
      if (now.end !== null) return;
      now.end = how;
      now.timer?.cancel();
      signal.removeEventListener('abort', callOff);
      sessions.drop(session);
      wake();
    };
    /** Ends it from here. */
    const terminate = (how: DirectOutcome): void => {
      if (now.end === null) sessions.terminate(session, reasonOfOutcome(how));
      over(how);
    };
    const callOff = (): void => {
      terminate('called-off');
    };
    /** Resolves once something is said, or `how` it is if nothing is for so long. */
    const heard = (ms: number, how: DirectOutcome): Promise<void> =>
      new Promise((resolve) => {
        wake = resolve;
        now.timer?.cancel();
        now.timer = clock.after(ms, () => {
          terminate(how);
        });
      });
    const session: Session = {
      peer: to,
      sid,
      take(request, iq) {
        const { action, info } = request;
        // Who has one of that name already (§7.2.16): it is ours, and was there first.
        if (action === 'session-initiate') sessions.answer(jingleError(iq, 'tie-break'));
        else if (action === 'session-accept' && now.blockSize === null) {
          sessions.answer(iqResult(iq));
          now.blockSize = takenWith(request, stream, file.size);
          if (now.blockSize === null) terminate('no-way');
          wake();
        } else if (action === 'session-terminate') {
          sessions.answer(iqResult(iq));
          over(outcomeOf(request));
        } else if (action === 'content-remove' || (action === 'content-reject' && now.blockSize === null)) {
          // Of its one content: there is none left.
          sessions.answer(iqResult(iq));
          sessions.terminate(session, reasonOfOutcome('called-off'));
          over(outcomeOf(request));
        } else if (action === 'session-info' && info && isReceived(info)) {
          sessions.answer(iqResult(iq));
          now.received = true;
          wake();
        } else return Promise.resolve(false);
        return Promise.resolve(true);
      },
      wentOffline() {
        over('line');
      },
    };

    const { size, type, sha256, changed } = file;
    const initiate = jingle(
      'session-initiate',
      sid,
      { initiator: link.jid },
      jingleContent(
        content,
        fileDescription({ name, size, type, date: changed, hash: { algo: 'sha-256', hex: sha256 } }),
        streamTransport({ sid: stream, blockSize: BLOCK }),
      ),
    );
    sessions.add(session);
    signal.addEventListener('abort', callOff, { once: true });
    const answered = heard(ANSWER_MS, 'no-answer');
    asks();
    void link.iq('set', initiate, { to }).then((answer) => {
      if (answer.ok) return;
      const why = offerFault(answer.error);
      // The offer may stand there all the same.
      (why === 'no-answer' ? terminate : over)(why);
    });
    await answered;
    const ended = (): DirectOutcome | null => now.end;
    const refused = ended();
    // Nothing was sent that could be there.
    if (refused !== null) return refused === 'there' ? 'stopped' : refused;
    now.timer?.cancel();
    return {
      ...{ stream, blockSize: now.blockSize ?? BLOCK, ended },
      async finish(how) {
        if (how !== 'there') {
          terminate(how);
          return now.end === 'there' ? how : (now.end ?? how);
        }
        if (ended() === null) {
          const told = heard(END_MS, 'there');
          if (!now.received) await told;
        }
        return ended() ?? how;
      },
    };
  };
};
