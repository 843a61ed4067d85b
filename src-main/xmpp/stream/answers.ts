import type { Clock, Timer } from '../../ports';
import type { Failed } from './outcome';
import type { Element } from './xml';
import type { XmppStream } from './xmpp-stream';

export type Answer = { readonly ok: true; readonly element: Element } | Failed;

/** The next element that is the answer; what comes before it is put into `early`, for those who will listen. */
export const takeAnswer = async (
  stream: XmppStream,
  isAnswer: (element: Element) => boolean,
  early: Element[] = [],
): Promise<Answer> => {
  for (;;) {
    const taken = await stream.take();
    if (!taken.ok || isAnswer(taken.element)) return taken;
    early.push(taken.element);
  }
};

/** The same, but null when none comes in time; the stream goes on. */
export const takeInTime = async (
  answer: Promise<Answer>,
  clock: Clock,
  ms: number,
): Promise<Answer | null> => {
  let timer: Timer | null = null;
  const late = new Promise<null>((resolve) => (timer = clock.after(ms, () => resolve(null))));
  return Promise.race([answer, late]).finally(() => timer?.cancel());
};
