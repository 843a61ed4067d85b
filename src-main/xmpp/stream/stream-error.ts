import type { Failure, FailureCode, StepId } from '../../../src-shared/model/connection';
import { ns } from './namespaces';
import { conditionParams } from './outcome';
import { xml, type Element } from './xml';

const codes: Readonly<Record<string, FailureCode>> = {
  'host-unknown': 'wrong-domain',
  'host-gone': 'wrong-domain',
  conflict: 'conflict',
  'system-shutdown': 'system-shutdown',
  'policy-violation': 'policy-violation',
};

/** ejabberd calls it a conflict too when the account is removed; only these words tell it from a newer session. */
const ejabberdRemoved = 'User removed';

/** What a `<stream:error/>` (RFC 6120 §4.9.3) means to the user; `signedIn` once there is a session to lose. */
export const streamFailure = (error: Element, step: StepId, signedIn: boolean): Failure => {
  const condition =
    error
      .getChildElements()
      .find((child) => child.getNS() === ns.streamErrors && child.getName() !== 'text')
      ?.getName() ?? 'undefined-condition';
  const text = error.getChildText('text', ns.streamErrors);
  const lostAccount =
    signedIn && (condition === 'not-authorized' || (condition === 'conflict' && text === ejabberdRemoved));
  const code = lostAccount ? 'replaced-credentials' : (codes[condition] ?? 'stream-error');
  return { code, step, params: conditionParams(condition, text) };
};

/** RFC 6120 §4.9.1, in the form of RFC 7395 §3.3.2: the namespace declared in the frame itself. */
export const streamError = (condition: string, detail: Element | null = null): Element => {
  const error = xml('error', { xmlns: ns.stream }, xml(condition, { xmlns: ns.streamErrors }));
  if (detail) error.append(detail);
  return error;
};
