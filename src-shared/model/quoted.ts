import type { Message } from './conversation';
import { fileNameOf } from './file';

/** What a message says of the one that it answers (XEP-0461 §3.1). */
export interface ReplyTo {
  /** What others know that one by: its sender's id, in a room the room's. */
  readonly id: string;
  /** Whose it is, as the answer says. */
  readonly to: string | null;
  /** Its words, as the answer says; null: it says none. */
  readonly words: string | null;
}

/** A message as it stands above an answer to it: always as it is here, never as the answer says. */
export interface Quoted {
  /** Local row id. */
  readonly id: number;
  readonly direction: 'in' | 'out';
  /** In a room: whoever said it. */
  readonly nick?: string;
  /** First 200 characters of the body. */
  readonly text: string;
  /** It shares a file of this name. */
  readonly file?: string;
  /** It is not to be seen at once: the hint stands for its text. */
  readonly spoiler?: string;
  /** Its author took it back: there is no text. */
  readonly retracted?: true;
}

/** What a message answers. */
export interface Reply {
  /** Null: that message is not here. */
  readonly quoted: Quoted | null;
  /** Where it is not here: its words, as the one who answers says. */
  readonly words: string | null;
}

export const quotedOf = ({ id, direction, nick, body, file, spoiler, retracted }: Message): Quoted => ({
  id,
  direction,
  ...(nick === undefined ? {} : { nick }),
  text: spoiler === undefined ? [...body.slice(0, 400)].slice(0, 200).join('') : '',
  ...(spoiler === undefined ? {} : { spoiler }),
  ...(file ? { file: fileNameOf(file) } : {}),
  ...(retracted ? { retracted } : {}),
});

/** It can be answered: by its id (`reactable`), or, where the other side gave it none, by quoting it. */
export const isAnswerable = ({ kind, retracted, delivery, reactable }: Message): boolean =>
  reactable === true || (kind === 'chat' && !retracted && delivery !== 'failed' && delivery !== 'waiting');
