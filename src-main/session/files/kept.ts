import type { SessionContext } from '../context';

/** What was fetched for messages, kept encrypted on the disk: the key is in the account's database, and goes with it. */
export interface Kept {
  /** What seals it, and whatever else lies on the disk for this account; made once. */
  key(): Promise<string>;
  /** Names are hexadecimal. */
  read(name: string): Promise<Uint8Array | null>;
  has(name: string): Promise<boolean>;
  /** A disk that does not take it only means that it is fetched again. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  remove(name: string): Promise<void>;
  clear(): Promise<void>;
  /** The account goes: what is being written is waited for, and nothing is written from then on. */
  close(): Promise<void>;
}

const KEY = 'picture-key';
const KEY_BYTES = 32;

export const createKept = ({ account, store, ports }: SessionContext): Kept => {
  let key: Promise<string> | null = null;
  const secret = (): Promise<string> => {
    key ??= (async () => {
      const kept = await store.setting(KEY);
      if (kept !== null) return kept;
      const fresh = Buffer.from(ports.random.bytes(KEY_BYTES)).toString('hex');
      await store.putSetting(KEY, fresh);
      return fresh;
    })();
    key.catch(() => (key = null));
    return key;
  };
  const writing = new Set<Promise<void>>();
  let open = true;
  const put = async (name: string, bytes: Uint8Array): Promise<void> => {
    await ports.pictures.write(account, name, await secret(), bytes).catch(() => {
      ports.log.warn('picture-not-kept');
    });
  };
  return {
    key: secret,
    read: async (name) => ports.pictures.read(account, name, await secret()),
    has: (name) => ports.pictures.has(account, name),
    async write(name, bytes) {
      if (!open) return;
      const work = put(name, bytes).finally(() => writing.delete(work));
      writing.add(work);
      await work;
    },
    remove: (name) => ports.pictures.remove(account, name),
    clear: () => ports.pictures.clear(account),
    async close() {
      open = false;
      await Promise.allSettled(writing);
    },
  };
};
