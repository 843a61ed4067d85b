/** Plain objects between the store's client and its process. */
import type { Store, StoreError } from './store';

export const operationNames = [
  'roster',
  'putRoster',
  'putContact',
  'requests',
  'putRequest',
  'removeRequest',
  'chats',
  'chat',
  'page',
  'firstSince',
  'daysWith',
  'message',
  'versions',
  'roomId',
  'authorOf',
  'pins',
  'pin',
  'addOutgoing',
  'amendOutgoing',
  'addMessage',
  'amend',
  'outbox',
  'markWritten',
  'markSent',
  'confirmUpTo',
  'markFailed',
  'sendBack',
  'requeue',
  'rewrite',
  'discard',
  'discardChange',
  'markRead',
  'readPlace',
  'setStanding',
  'disinvite',
  'setMarks',
  'setDraft',
  'ranges',
  'addPage',
  'joinRanges',
  'saveSession',
  'savedSession',
  'capabilities',
  'putCapabilities',
  'setting',
  'putSetting',
  'avatars',
  'picture',
  'putAvatar',
  'rooms',
  'heardUpTo',
  'putRoom',
  'removeRoom',
  'addRoomEvent',
  'companions',
  'uploads',
  'addUpload',
  'setUploadFault',
  'removeUpload',
  'files',
  'describeFile',
  'endDirectFiles',
  'invitations',
  'putInvitation',
  'removeInvitation',
  'search',
  'size',
  'count',
  'newestAt',
  'exportCount',
  'exportPage',
  'deleteHistory',
  'deleteRows',
  'erase',
  'reindex',
] as const satisfies readonly (keyof Store)[];
export type OperationName = (typeof operationNames)[number];

/** Those that change nothing (they run on the reader, and see all that was committed before), and what no transaction may hold. */
const alone: ReadonlySet<OperationName> = new Set([
  'roster',
  'requests',
  'chats',
  'chat',
  'page',
  'firstSince',
  'daysWith',
  'message',
  'versions',
  'roomId',
  'authorOf',
  'pins',
  'outbox',
  'readPlace',
  'ranges',
  'savedSession',
  'capabilities',
  'setting',
  'avatars',
  'picture',
  'rooms',
  'heardUpTo',
  'companions',
  'uploads',
  'files',
  'invitations',
  'search',
  'size',
  'count',
  'newestAt',
  'exportCount',
  'exportPage',
  'erase',
  'reindex',
] satisfies readonly OperationName[]);
export const runsAlone = (name: OperationName): boolean => alone.has(name);

export interface OpenMessage {
  readonly kind: 'open';
  /** Null: in memory. */
  readonly file: string | null;
  /** 64 hexadecimal digits; null only in memory. */
  readonly key: string | null;
  /** Puts a damaged file aside and makes a fresh one (R13). */
  readonly rebuild: boolean;
  /** The highest message id that the client was ever told; null at the first opening. */
  readonly lastTold: number | null;
}
export type ToProcess =
  | OpenMessage
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly name: OperationName;
      readonly args: readonly unknown[];
      /** Sent before, to a process that died with it. */
      readonly again: boolean;
      /**
       * How many times a message could not be added when this was called. What was called before the client knew of a
       * failure must fail with it: the server brings them all again, in their order (R9, R12).
       */
      readonly streak: number;
    }
  | { readonly kind: 'close' };

export interface Refusal {
  readonly reason: StoreError['reason'];
  readonly message: string;
}
/** Why a call failed: the disk, or (`bug`) a fault of our own; then the message says where in the code, and nothing of the data (T25). */
export type CallRefusal = Refusal | { readonly reason: 'bug'; readonly message: string };
export type FromProcess =
  | { readonly kind: 'ready' }
  /** `recovered`: a damaged file was put aside for this. */
  | { readonly kind: 'opened'; readonly lastId: number; readonly recovered: boolean }
  | ({ readonly kind: 'refused' } & Refusal)
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | ({ readonly kind: 'failed'; readonly id: number } & CallRefusal)
  | { readonly kind: 'closed' };
