/** What one frame may hold (T15). */
export interface FrameLimits {
  /** UTF-16 units of its text; the socket counts the same number as bytes. */
  readonly frameBytes: number;
  readonly depth: number;
  /** Of one element. */
  readonly attributes: number;
  /** Of one element. */
  readonly children: number;
  /** Of the whole frame. */
  readonly elements: number;
  readonly attributesInAll: number;
}

export const limits: FrameLimits = {
  frameBytes: 1024 * 1024,
  depth: 64,
  attributes: 64,
  children: 10_000,
  elements: 50_000,
  attributesInAll: 100_000,
};

/**
 * The answer to a question of ours, once we are signed in: a roster comes in one piece, and 10,000 contacts with names and
 * groups are two megabytes. Nothing of it is nested deeper, or has more attributes an element, than any other frame.
 */
export const answerLimits: FrameLimits = {
  ...limits,
  frameBytes: 8 * 1024 * 1024,
  children: 50_000,
  elements: 200_000,
  attributesInAll: 400_000,
};

/**
 * Messages, presence and questions, which anybody may send us, are never that long: an answer says that it is one in its first
 * tag, between any of the attributes that it may have.
 */
const answer = /^<iq(?:\s+[^\s=<>"']+\s*=\s*(?:"[^"]*"|'[^']*')){0,63}?\s+type\s*=\s*(?:"result"|'result')/;

/** @param signedIn the server has proved who it is, and knows who we are */
export const limitsOf = (frame: string, signedIn: boolean): FrameLimits =>
  signedIn && answer.test(frame) ? answerLimits : limits;
