/** Every code that can cross the bridge. A raw exception never does: main logs it and answers `internal`. */
export const errorCodes = [
  'bad-request', // arguments that the schema refuses
  'forbidden', // a sender that is not our window
  'internal',
  'bad-jid',
  'bad-url',
  'bad-xml', // console: not one well-formed stanza
  'no-account',
  'not-online',
  'timeout',
  'own-domain', // blocking everybody at the own server
  'own-address', // adding oneself
  'bad-picture', // not a square of a size that is published
  'changed-elsewhere', // another device changed the same meanwhile
  'not-contact', // nothing is asked of strangers
  'shared-contact', // the administrator's, read-only
  'server-refused', // params.condition: RFC 6120 §8.3.3
  'not-offered', // the server has no such function
  'wrong-password',
  'invisible', // rooms show who is in them
  'bad-nick',
  'no-room',
  'room-exists', // params.room
  'no-voice-requests', // the room passes none on to its moderators
  'room-banned', // params.who: to be invited, and not let in
  'message-empty',
  'message-too-long',
  'buzz-rest', // one a minute; params.seconds until the next
  'no-message',
  'store-unavailable', // disk full, read-only, damaged; params.reason
  'busy', // an export or a deletion is under way
  'file', // the chosen file cannot be written; params.reason
  'nothing-to-print',
  'print', // the system made no page; params.reason
  'bad-sound', // no sound file that the window can play
  'sound-too-large',
  'keyring',
  'no-screens', // the system does not let us look
  'link-refused',
  'file-gone', // no longer at the server
  'file-unsafe', // an address that is not fetched (T18, T20)
  'file-network',
  'file-bad-picture', // T21: no picture that is drawn
  'file-bad-media', // T20: nothing that is played
  'file-changed', // other bytes than its sender promised
  'file-too-large',
  'file-sealed-large', // T19: more than is opened at once
  'file-offer-gone', // whoever offered it from their computer is away, or has ended it
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export interface CallError {
  readonly code: ErrorCode;
  readonly params?: Readonly<Record<string, string>>;
}

/** An expected failure as a value. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CallError };

export const ok = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const done: Outcome<null> = { ok: true, value: null };
export const failed = (code: ErrorCode, params?: Readonly<Record<string, string>>): Outcome<never> => ({
  ok: false,
  error: params ? { code, params } : { code },
});
