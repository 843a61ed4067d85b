/** What can be heard: a message in the chat one looks at, one elsewhere, one sent, who comes, who goes, what went wrong, who calls. */
export const soundEvents = ['message', 'elsewhere', 'sent', 'online', 'offline', 'error', 'buzz'] as const;
export type SoundEvent = (typeof soundEvents)[number];

export interface SoundRule {
  readonly on: boolean;
  /** The user's own file; null: the app's. */
  readonly own: OwnSound | null;
}
export interface OwnSound {
  /** What the file was called where it came from. */
  readonly name: string;
  /** Its copy in the app's own folder. */
  readonly file: string;
}
export type SoundRules = Readonly<Record<SoundEvent, SoundRule>>;

/** A copy is named after its event and what is in it. */
export const OWN_SOUND =
  /^(?:message|elsewhere|sent|online|offline|error|buzz)-[0-9a-f]{32}\.(?:wav|ogg|mp3|flac)$/;
/** An own sound is at most this large: a minute of music is none. */
export const MAX_SOUND_BYTES = 1_048_576;

const off: SoundRule = { on: false, own: null };
const on: SoundRule = { on: true, own: null };
/** Only what one would miss. */
export const defaultSounds: SoundRules = {
  message: off,
  elsewhere: on,
  sent: off,
  online: off,
  offline: off,
  error: on,
  buzz: on,
};
