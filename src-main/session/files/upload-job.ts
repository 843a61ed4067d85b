import type { Upload } from '../../../src-shared/model/file';
import type { Timer } from '../../ports';
import type { UploadRow } from '../../store/store';

/** A file in the queue, and how far it is. */
export interface Job {
  row: UploadRow;
  sending: { readonly abort: AbortController; readonly since: number } | null;
  sent: number;
  /** It was offered to the other side, which has not answered. */
  asks: boolean;
  total: number;
  /** Tries on which the line failed. */
  lost: number;
  /** The user said that it may go with what it tells. */
  asIs: boolean;
  /** It rests until then. */
  rest: Timer | null;
}
/**
 * How it is kept that a picture may go as it is: the question it was held for, with the answer. A program that does not know the
 * answer asks once more.
 */
export const goesAsIs = { why: 'hidden-details', detail: 'as-is' } as const;
const isAllowed = ({ fault }: UploadRow): boolean =>
  fault?.why === goesAsIs.why && fault.detail === goesAsIs.detail;

export const jobOf = (row: UploadRow): Job => ({
  row: isAllowed(row) ? { ...row, fault: null } : row,
  sending: null,
  sent: 0,
  asks: false,
  total: row.size,
  lost: 0,
  asIs: isAllowed(row),
  rest: null,
});

/** @param now monotonic, milliseconds */
export const shownUpload = ({ row, sending, sent, asks, total }: Job, now: number): Upload => {
  const spent = sending ? now - sending.since : 0;
  return {
    id: row.id,
    peer: row.peer,
    name: row.name,
    size: total,
    state: row.fault ? 'failed' : sending ? (asks ? 'asking' : 'sending') : 'waiting',
    sent: sending ? sent : 0,
    speed: spent > 500 && sent > 0 ? Math.round((sent / spent) * 1_000) : null,
    fault: row.fault,
  };
};
