/** UTC+8, UTC−5:30, UTC. @param offset minutes east of UTC */
export const zoneName = (offset: number): string => {
  if (offset === 0) return 'UTC';
  const minutes = Math.abs(offset);
  const rest = minutes % 60 === 0 ? '' : `:${String(minutes % 60).padStart(2, '0')}`;
  return `UTC${offset < 0 ? '−' : '+'}${String(Math.trunc(minutes / 60))}${rest}`;
};

/** The moment at which a clock here shows what theirs shows now (epoch milliseconds). */
export const shiftedTo = (offset: number, now: number): number =>
  now + (offset + new Date(now).getTimezoneOffset()) * 60_000;
