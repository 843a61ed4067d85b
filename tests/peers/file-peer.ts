/** A file as a client that is not ours has it in the end. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** As its sender said it: MD5, in Jingle SHA-256. */
  readonly hash: string | null;
}

/** A client that is not ours and gives and takes files directly, over in-band bytestreams (XEP-0047). */
export interface FilePeer {
  /** What it does with what is offered to it. Default: yes. */
  takesFiles(how: 'yes' | 'no' | 'never answers'): Promise<void>;
  /** Offers a file to a full JID, and gives it. Resolves to null once it is there, else to why not. */
  offerFile(
    to: string,
    file: {
      readonly name: string;
      readonly bytes: Uint8Array;
      /** What the offer says, where that is not the truth. */
      readonly size?: number;
      readonly hash?: string;
    },
  ): Promise<string | null>;
  waitForFile(name: string): Promise<GivenFile>;
}
