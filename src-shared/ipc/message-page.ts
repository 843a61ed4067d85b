import type { Message } from '../model/conversation';

/** Messages in order, oldest first. */
export interface MessagePage {
  readonly messages: readonly Message[];
  /** Whether there are older ones, here or in the server's archive; newer ones after the last of this page. */
  readonly older: boolean;
  readonly newer: boolean;
  readonly gaps: readonly Gap[];
}
/** Something may be missing above the row `before`: the server has it (`open`, read when reached) or has it no more (`lost`). */
export interface Gap {
  readonly before: number;
  readonly state: 'open' | 'lost';
}
