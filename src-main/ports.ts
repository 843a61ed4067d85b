/** What the core needs from the world. compose.ts gives the real ones; tests give fakes for time, randomness and faults only. */
import type { KeyringState } from '../src-shared/model/account';
import type { HourCycle } from '../src-shared/model/hour-cycle';
import type { ScreenSource } from '../src-shared/model/screen';

export interface Timer {
  cancel(): void;
}
export interface Clock {
  /** Epoch milliseconds: for showing only, it may jump (R11). */
  now(): number;
  /** Milliseconds that only go forward: for every deadline and interval. */
  monotonic(): number;
  after(ms: number, run: () => void): Timer;
}

export interface Random {
  /** From a CSPRNG. */
  bytes(count: number): Uint8Array;
  /** 128 bits as 32 hexadecimal digits. */
  id(): string;
  /** [0, 1), for jitter. */
  fraction(): number;
}

export type SecretOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly state: Exclude<KeyringState, 'ok'> };

/** The system's keyring. Never throws, never waits longer than its deadline (R15). */
export interface SecretStore {
  get(key: string): Promise<SecretOutcome<string | null>>;
  set(key: string, secret: string): Promise<SecretOutcome<null>>;
  delete(key: string): Promise<SecretOutcome<null>>;
  /** How the latest call went; `ok` before the first. */
  state(): KeyringState;
  /** Tells when that changes; returns the way to stop. */
  onState(run: (state: KeyringState) => void): () => void;
}

export interface Notice {
  /** Stable for one conversation: a new notice with the same tag replaces the old one. */
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  /** Not in the way (T31). */
  readonly quiet: boolean;
  /** Without the desktop's own sound. */
  readonly silent: boolean;
  /** Null: the notice cannot be answered, or marked as read. */
  readonly replyLabel: string | null;
  readonly markReadLabel: string | null;
  readonly onClick: () => void;
  readonly onReply: (text: string) => void;
  readonly onMarkRead: () => void;
  /** The user put it away. Not called for what `close` takes away. */
  readonly onDismiss: () => void;
}
export interface Notifier {
  show(notice: Notice): void;
  close(tag: string): void;
}

/** What is known of the app itself. */
export interface Diagnostics {
  /** Of the parts that it runs on. */
  versions(): Readonly<Record<string, string>>;
  /** The last lines of the log, oldest first. */
  recentLog(): Promise<readonly string[]>;
}

/** Sounds of the user's own. */
export interface SoundFiles {
  /** Asks for a file; null when the user changes their mind. `bytes` is null when there are more than `maxBytes`. Rejects when it cannot be read. */
  choose(maxBytes: number): Promise<{ readonly name: string; readonly bytes: Uint8Array | null } | null>;
  /** Puts a copy into the app's own folder, from where the window plays it. */
  keep(file: string, bytes: Uint8Array): Promise<void>;
  remove(file: string): Promise<void>;
}

/** Pictures of what is on the screen. */
export interface Screens {
  /** What there is to choose from, as it looks now; null: the system does not let us look. */
  list(): Promise<readonly ScreenSource[] | null>;
  /** One of those that were listed last, as a PNG; null: it is none of them. */
  take(id: string): Promise<Uint8Array | null>;
  /** Nobody chooses any more: the pictures, each as large as a screen, are let go. */
  forget(): void;
}

/** The button in the task bar, which can ask for attention without a word. */
export interface Taskbar {
  /** Only on Windows: elsewhere the desktop has ways of its own. */
  readonly canFlash: boolean;
  /** Until the window is in front, or it is told to stop. Nothing while there is no window. */
  flash(on: boolean): void;
}

/** What checks the spelling of what is written in the window. */
export interface Spelling {
  /** BCP 47; empty where the system finds the language out by itself. */
  readonly languages: readonly string[];
  /** Checks in these languages from now on; null: nothing is checked, and nothing fetched. What is unknown is left out. */
  use(languages: readonly string[] | null): void;
  /** A dictionary could not be fetched, or (`there`) is there after all. */
  onDictionary(run: (language: string, there: boolean) => void): void;
}

/** Opens a link outside the app, through the one gate (T23). False when the gate refuses it. */
export interface Opener {
  open(url: string): Promise<boolean>;
}

export type HttpOutcome =
  | { readonly ok: true; readonly status: number; readonly body: string }
  | { readonly ok: false; readonly reason: string };
/** https only, no cookies, no redirect to another scheme; capped in time and size. */
export interface Http {
  get(url: string, limits: { readonly timeoutMs: number; readonly maxBytes: number }): Promise<HttpOutcome>;
}

/** Small text files of the app's own folder; a write is all or nothing (write, fsync, rename). */
export interface Files {
  read(name: string): Promise<string | null>;
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** The computer: what wakes, sleeps, goes on and off line. Each `on…` returns its unsubscribe. */
export interface System {
  onSuspend(run: () => void): () => void;
  onWake(run: () => void): () => void;
  onNetwork(run: (online: boolean) => void): () => void;
  /** Seconds since somebody touched the computer; null where the system does not tell. */
  idleSeconds(): number | null;
  /** The screen is locked, or no longer; told at once where it is. */
  onLock(run: (locked: boolean) => void): () => void;
  /** The host's name, for a readable resource. */
  readonly hostName: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** The user's languages in order of preference, BCP 47. */
  readonly locales: readonly string[];
  /** How the system writes the time of day, whatever language the app speaks. */
  readonly hourCycle: HourCycle;
  readonly appVersion: string;
  /** Starts the app with the session, or no longer; on Linux an XDG autostart file. */
  setAutostart(on: boolean, hidden: boolean): Promise<void>;
}

/** Marks a value that no log may show; the only way to put one into a log's fields is through this. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return '[secret]';
  }
  toJSON(): string {
    return '[secret]';
  }
}
export type LogFields = Readonly<Record<string, string | number | boolean | null | Secret>>;
/** A rotating log. Bodies, passwords, tokens and stanzas are never passed to it (T25). */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** A port to the store's own process (utilityProcess, or a worker_thread in tests): plain objects both ways. */
export interface StoreProcess {
  post(message: unknown): void;
  onMessage(run: (message: unknown) => void): void;
  onExit(run: (code: number) => void): void;
  kill(): void;
}
export interface StoreLauncher {
  launch(): StoreProcess;
  /** Where the account's database lies. */
  databaseFile(accountId: string): string;
}

/** A file of the user's, as it lies on the disk. */
export type LocalFile =
  | { readonly is: 'file'; readonly name: string; readonly size: number }
  | { readonly is: 'gone' | 'unreadable' };
/** All that is to be known of a file before it is sent. */
export interface PreparedFile {
  readonly size: number;
  readonly type: string;
  /** Of a picture. */
  readonly width: number | null;
  readonly height: number | null;
  /** Lower case hexadecimal. */
  readonly sha256: string;
  /** When it was changed last, epoch milliseconds; null: nobody is to know, or nobody does. */
  readonly changed: number | null;
  /** What is sent in place of the file's own bytes: the picture without its metadata. */
  readonly bytes: Uint8Array | null;
}
/** Where the bytes are of a file that goes out. */
export interface FileSource {
  readonly path: string;
  /** What opens a copy of ours (64 hexadecimal digits); null: the file is the user's. */
  readonly key: string | null;
}
/** Where a request may go, and whom it believes. */
export interface Reach {
  /** Whether http may go to this very computer; to others https alone. */
  readonly plain: boolean;
  /** Whether a host may be in a network that is not the internet. */
  readonly mayBePrivate: (host: string) => boolean;
  /** Whether a host may be asked at all, after a redirect too. */
  readonly mayGo: (host: string) => boolean;
  /** SHA-256 fingerprints of certificates that the user trusts for a host (T29). */
  readonly pins: (host: string) => readonly string[];
}
export interface PutRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly source: FileSource;
  readonly file: PreparedFile;
  readonly reach: Omit<Reach, 'mayBePrivate'>;
}
export interface GetRequest {
  readonly url: string;
  readonly maxBytes: number;
  readonly reach: Reach;
  /** Takes a piece; `size`: of the whole, where the server says it; `from`: where it was in the end. */
  write(piece: Uint8Array, size: number | null, from: string): Promise<void> | void;
}
/** `unsafe`: it would have gone where it may not. */
type TransferEnd =
  | { readonly is: 'network' }
  | { readonly is: 'stopped' }
  | { readonly is: 'unsafe' }
  | { readonly is: 'answer'; readonly status: number };
export type PutOutcome = TransferEnd | { readonly is: 'gone' };
export type GetOutcome =
  TransferEnd | { readonly is: 'too-large' } | { readonly is: 'done'; readonly size: number };
/** A page that is looked at for a link's sake. */
export interface PageRequest {
  readonly url: string;
  readonly reach: Reach;
}
/** What a page says of itself, in one line each. */
export interface PageHead {
  readonly title: string;
  readonly text: string | null;
  /** Where its picture is; nothing is known of that address. */
  readonly picture: string | null;
}
/** A file read from its start, so much at a time. */
export interface FilePieces {
  /** The next bytes, as many as wanted as long as there are so many; none: it is read. Null: it is not what it was. */
  next(bytes: number): Promise<Uint8Array | null>;
  close(): Promise<void>;
}
/** Files of the user's, and the way to the server and back: no cookies, every address looked at before anything goes there. */
export interface Transfer {
  look(path: string): Promise<LocalFile>;
  /** `clean`: a picture goes without its metadata; `hidden-details`: which cannot be taken out of this one. */
  prepare(
    source: FileSource,
    clean: boolean,
  ): Promise<PreparedFile | 'gone' | 'unreadable' | 'hidden-details'>;
  /** Of what has no file of its own: sealed, so that nobody else can read them. */
  readonly copies: {
    /** Answers where it is. */
    keep(account: string, id: string, name: string, key: string, bytes: Uint8Array): Promise<string>;
    remove(path: string): Promise<void>;
    /** Removes those of an account that have none of these ids. */
    sweep(account: string, ids: ReadonlySet<string>): Promise<void>;
    /** All of an account. */
    clear(account: string): Promise<void>;
  };
  /** Null: it is gone. */
  open(source: FileSource, file: PreparedFile): Promise<FilePieces | null>;
  put(request: PutRequest, signal: AbortSignal, onSent: (bytes: number) => void): Promise<PutOutcome>;
  /** Rejects with what `write` rejects with, and nothing else. */
  get(request: GetRequest, signal: AbortSignal): Promise<GetOutcome>;
  /** Of a page no more than its head; null: there is none to show; `no-line`: nothing is known of it. */
  page(request: PageRequest, signal: AbortSignal): Promise<PageHead | null | 'no-line'>;
}
/** Pictures, sound and video that were fetched, encrypted with the account's own key (64 hexadecimal digits); names are hexadecimal. */
export interface PictureCache {
  read(account: string, name: string, key: string): Promise<Uint8Array | null>;
  has(account: string, name: string): Promise<boolean>;
  write(account: string, name: string, key: string, bytes: Uint8Array): Promise<void>;
  remove(account: string, name: string): Promise<void>;
  clear(account: string): Promise<void>;
}

/** A file that the user chose for an export: written piece by piece, there only once it is finished. */
export interface ExportFile {
  /** Its name, without the folder. */
  readonly name: string;
  /** Rejects when the disk does not take it. */
  write(part: string | Uint8Array): Promise<void>;
  finish(): Promise<void>;
  /** Removes what was written. */
  discard(): Promise<void>;
}
export interface Exports {
  /** Asks where to; null when the user changes their mind. Rejects when the file cannot be made. */
  choose(suggested: string, extension: string): Promise<ExportFile | null>;
}

/** Nothing came on paper; the message is the system's. */
export class PaperError extends Error {}
/** Web pages of our own making on paper. Both reject with a PaperError. */
export interface Paper {
  pdf(html: string): Promise<Uint8Array>;
  /** Shows the system's dialog; false when the user changes their mind. */
  print(html: string): Promise<boolean>;
}

/** Where a file goes that somebody sent. */
export interface Downloads {
  /** Asks where to; null when the user changes their mind. Rejects when the file cannot be made. */
  choose(name: string): Promise<ExportFile | null>;
}

export interface Ports {
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: SecretStore;
  readonly notifier: Notifier;
  readonly taskbar: Taskbar;
  readonly screens: Screens;
  readonly sounds: SoundFiles;
  readonly spelling: Spelling;
  readonly diagnostics: Diagnostics;
  readonly opener: Opener;
  readonly http: Http;
  readonly files: Files;
  readonly exports: Exports;
  readonly paper: Paper;
  readonly downloads: Downloads;
  readonly transfer: Transfer;
  readonly pictures: PictureCache;
  readonly system: System;
  readonly store: StoreLauncher;
  readonly log: Log;
}
