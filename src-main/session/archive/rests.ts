/** So long nothing may come or go before an archive's end is read again; and so long at most. */
export const QUIET_MS = 3_000;
export const LONGEST_MS = 300_000;
/** A server that refuses, or is too slow, is left alone for so long. */
export const REST_MS = 60_000;
/** And a disk that refuses for so long. */
export const DISK_REST_MS = 5_000;
