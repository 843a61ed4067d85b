import type { DirectFault } from '../../../../../src-shared/model/file';
import { jingleReason, type JingleReason, type JingleRequest } from '../../../../xmpp/xep/0166-jingle';
import { fileTooLarge, isTooLarge } from '../../../../xmpp/xep/0234-jingle-files';
import type { Element } from '../../../../xmpp/element';
import type { DirectOutcome, Ending } from '../ways';

/** What a reason (XEP-0166 §7.4) means for a file of ours, and for one of somebody else's. */
const meanings: Readonly<Record<JingleReason, readonly [DirectOutcome, Ending]>> = {
  'alternative-session': ['stopped', 'stopped'],
  busy: ['busy', 'stopped'],
  cancel: ['stopped', 'stopped'],
  'connectivity-error': ['line', 'lost'],
  decline: ['declined', 'stopped'],
  expired: ['no-answer', 'expired'],
  'failed-application': ['failed-there', 'failed-there'],
  'failed-transport': ['line', 'lost'],
  'general-error': ['failed-there', 'failed-there'],
  gone: ['nobody', 'lost'],
  'incompatible-parameters': ['no-way', 'failed-there'],
  'media-error': ['damaged', 'failed-there'],
  'security-error': ['failed-there', 'failed-there'],
  success: ['there', 'done'],
  timeout: ['no-answer', 'expired'],
  'unsupported-applications': ['no-way', 'failed-there'],
  'unsupported-transports': ['no-way', 'failed-there'],
};
type Said = Pick<JingleRequest, 'reason' | 'detail'>;

/** What the other side says of a file of ours. Without a reason (§6.7 wants one) it is simply over. */
export const outcomeOf = ({ reason, detail }: Said): DirectOutcome => {
  if (detail && isTooLarge(detail)) return 'too-large-there';
  return reason ? meanings[reason][0] : 'stopped';
};

/** What its sender says of a file of theirs. */
export const endingOf = ({ reason }: Said): Ending => (reason ? meanings[reason][1] : 'stopped');

const toTheirSender: Readonly<Record<DirectFault, JingleReason>> = {
  lost: 'connectivity-error',
  silent: 'timeout',
  stopped: 'cancel',
  expired: 'timeout',
  'failed-there': 'general-error',
  'too-many': 'media-error',
  broken: 'media-error',
  changed: 'media-error',
  disk: 'failed-application',
  cancelled: 'cancel',
};
/** Tells the sender what became of its file. */
export const reasonOfEnding = (how: Ending): Element =>
  how === 'done'
    ? jingleReason('success')
    : jingleReason(toTheirSender[how], how === 'too-many' ? fileTooLarge() : null);

/** Tells whoever takes a file of ours how it ended here. */
export const reasonOfOutcome = (how: DirectOutcome): Element => {
  const reasons: Partial<Record<DirectOutcome, JingleReason>> = {
    there: 'success',
    gone: 'failed-application',
    line: 'connectivity-error',
    'no-answer': 'timeout',
    'no-way': 'incompatible-parameters',
  };
  return jingleReason(reasons[how] ?? 'cancel');
};
