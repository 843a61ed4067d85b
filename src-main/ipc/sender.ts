/** The part of Electron's invoke event that says who calls. */
export interface CallSender<Contents> {
  readonly sender: Contents & { readonly mainFrame: unknown };
  /** Null when the frame is gone already. */
  readonly senderFrame: { readonly origin: string; readonly parent: unknown } | null;
}

/**
 * Whether a call comes from the main frame of one of our own windows, showing a page of our own origin (T32).
 *
 * @param origin exact, without a slash at its end
 */
export const isOurSender = <Contents>(
  event: CallSender<Contents>,
  isOwnWindow: (contents: Contents) => boolean,
  origin: string,
): boolean => {
  const { sender, senderFrame: frame } = event;
  return frame !== null && frame.parent === null && frame.origin === origin && isOwnWindow(sender);
};
