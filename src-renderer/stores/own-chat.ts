/** The one conversation of a window that main has made for it; its address says which. */
export interface OwnChat {
  readonly account: string;
  readonly peer: string;
  /** The message that it goes to first. */
  readonly message: number | null;
}

/** @param hash of the page's address; the main window's has none */
export const ownChatOf = (hash: string): OwnChat | null => {
  const what = new URLSearchParams(hash.replace(/^#/u, ''));
  const [account, peer, message] = ['account', 'peer', 'message'].map((key) => what.get(key));
  if (!account || !peer) return null;
  return { account, peer, message: message ? Number(message) : null };
};
