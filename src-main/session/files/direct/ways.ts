import type { DirectFault, UploadFault } from '../../../../src-shared/model/file';
import type { FileSource, PreparedFile } from '../../../ports';
import type { Element } from '../../../xmpp/element';
import type { Link, StanzaError } from '../../../xmpp/link';
import type { FileHashName } from '../../../xmpp/stream/digest';

/**
 * A way to agree with another client on a file. The file itself goes by an in-band bytestream (XEP-0047) whichever way it was
 * agreed on; what is asked of the user, kept and shown is the same too (offers.ts, sending.ts).
 */
export interface Way {
  /** What a client says of itself that can be asked this way (XEP-0030). */
  readonly features: readonly string[];
  /** Offers a file to a full JID, and resolves with its answer. */
  offer(link: Link, to: string, file: FileOut, signal: AbortSignal, asks: () => void): Promise<OfferAnswer>;
  /** False: the IQ is nothing of this way, or of somebody who may not offer (T31). */
  take(iq: Element): Promise<boolean>;
  wentOffline(): void;
}

/** A file that we offer. */
export interface FileOut {
  readonly source: FileSource;
  readonly name: string;
  readonly file: PreparedFile;
}
/** What came of a file of ours: it is there, somebody here called it off, or why not. */
export type DirectOutcome = 'there' | 'called-off' | UploadFault;
export type OfferAnswer = Taken | Exclude<DirectOutcome, 'there'>;

/** The other side has said yes. */
export interface Taken {
  /** The bytestream that is to bring the file. */
  readonly stream: string;
  /** The most bytes that a piece may have. */
  readonly blockSize: number;
  /** What the other side said in the end; null: nothing yet. */
  ended(): DirectOutcome | null;
  /** Tells the other side what came of the stream; resolves with what it says of that, where there is a way to. */
  finish(how: DirectOutcome): Promise<DirectOutcome>;
}

export interface FileHash {
  readonly algo: FileHashName;
  /** Lower case hexadecimal. */
  readonly hex: string;
}
/** What became of a file that somebody else gave. */
export type Ending = 'done' | DirectFault;

/** An offer of somebody else's, whichever way it came. */
export interface OfferIn {
  /** Full JID of the client that made it. */
  readonly from: string;
  readonly file: { readonly name: string; readonly size: number; readonly type: string | null };
  /** The bytestream that is to bring the file. */
  readonly stream: string;
  /** What its sender may want it to be checked by. */
  readonly algos: readonly FileHashName[];
  /** Says yes; the stream is awaited by then. Resolves to false when its sender knows nothing of it any more. */
  accept(): Promise<boolean>;
  decline(): void;
  /** What its sender promised, once all of it is here; null: nothing. */
  hash(): Promise<FileHash | null>;
  /** Tells its sender what became of the file, as far as it does not know yet. */
  end(how: Ending): void;
}

/** Where offers of others go. */
export interface OfferDesk {
  /** T31: whether this client (full JID) is of somebody who may offer files to us. */
  mayOffer(from: string): Promise<boolean>;
  /** Shows the offer, and resolves to null; else why it cannot be: nothing is shown, and it is to be refused. */
  offered(offer: OfferIn): Promise<'twice' | 'full' | null>;
  /** Its sender takes it back, or says what became of it. */
  ended(offer: OfferIn, how: Ending): Promise<void>;
}

/** Somebody has to come back to his desk and say yes. */
export const ANSWER_MS = 10 * 60_000;
/** XEP-0047 §2.1 recommends it. */
export const BLOCK = 4_096;

/** What it means for a file of ours that an IQ about it was answered with an error. */
export const faultOf = ({ condition }: StanzaError, other: UploadFault): UploadFault =>
  condition === 'lost' ? 'line' : condition === 'timeout' ? 'no-answer' : other;

/** The same for the offer itself. */
export const offerFault = (error: StanzaError): UploadFault => {
  if (['forbidden', 'not-acceptable'].includes(error.condition)) return 'declined';
  return faultOf(error, error.condition === 'resource-constraint' ? 'busy' : 'no-way');
};
