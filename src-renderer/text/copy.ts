/** Puts text on the clipboard, from a user's gesture; says whether it is there. */
export const copyText = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The window lost the focus meanwhile: nothing was copied, and the button does not say so.
    return false;
  }
};
