/** Going on with an earlier session on a new stream (XEP-0198 §5). */
import type { Timer } from '../../ports';
import type { Resumption } from '../link';
import { countOf } from './acknowledgements';
import { takeAnswer, type Answer } from './answers';
import { deadlines } from './deps';
import type { Failed } from './outcome';
import { isResumeAnswer, resumeAnswer, resumeElement, type ResumeAnswer } from './stream-management';
import { iqCaller, type BegunOutcome, type Walk } from './walk';
import { xml, type Element } from './xml';

/** After SASL, before a resource is bound. */
export const askToResume = async (
  { stream, deps }: Walk,
  resume: Resumption,
  early: Element[],
): Promise<{ readonly ok: true; readonly answer: ResumeAnswer } | Failed> => {
  stream.steps.begin('sm', deadlines(deps).resume);
  stream.send(resumeElement(resume));
  const reply = await takeAnswer(stream, (element) => isResumeAnswer(element, resume), early);
  return reply.ok ? { ok: true, answer: resumeAnswer(reply.element, resume) } : reply;
};

/**
 * R26: there are servers that answer `<resumed/>` and then lose everything. So nothing counts before the server has
 * acknowledged anew; null when it does not, in time or with the count that it has just named. What it owes us comes before
 * that, and a slow line may have much of it: as long as it comes there is time, but not without end.
 */
export const proveResumption = async (
  walk: Walk,
  resume: Resumption,
  handled: number,
  early: Element[],
): Promise<BegunOutcome | null> => {
  const { stream } = walk;
  const { version, id, jid, max, location } = resume;
  stream.steps.begin('sm');
  // The deadline is the one below: what comes of it is another session, no failure.
  stream.steps.stop();
  walk.endTotal();
  const taken = await acknowledged(walk, version, early);
  if (taken && !taken.ok) return taken;
  if (!taken || countOf(taken.element.attrs['h']) !== handled) return null;
  stream.steps.done(version);
  const iqs = iqCaller(walk);
  iqs.full = jid;
  return {
    ok: true,
    begun: {
      iqs,
      jid,
      managed: { version, resume: { id, max, location }, sent: handled, handled: resume.handled },
      resumed: { id, handled },
      refused: null,
      inline: { carbons: false },
      software: null,
    },
  };
};

/** Of the deadline: so recent is what still comes. A session that is deaf is not kept alive by a word now and then. */
const RECENT = 1 / 3;
/** In deadlines: for so long it may come. */
const PATIENCE = 12;

/** What comes before it is put into `early`. Null: the line is silent, or the server talks on without an answer. */
const acknowledged = ({ stream, deps }: Walk, version: string, early: Element[]): Promise<Answer | null> =>
  new Promise((resolve) => {
    const { clock } = deps;
    const { resumeAck } = deadlines(deps);
    const began = clock.monotonic();
    let heard = began;
    let timer: Timer | null = null;
    const wait = (ms: number): void => {
      timer = clock.after(ms, () => {
        const now = clock.monotonic();
        const comes = now - heard < resumeAck * RECENT && now - began < resumeAck * PATIENCE;
        if (comes) wait(resumeAck * RECENT);
        else resolve(null);
      });
    };
    const isAnswer = (element: Element): boolean => {
      heard = clock.monotonic();
      return element.is('a', version);
    };
    stream.send(xml('r', { xmlns: version }));
    wait(resumeAck);
    void takeAnswer(stream, isAnswer, early)
      .then(resolve)
      .finally(() => timer?.cancel());
  });
