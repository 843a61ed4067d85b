import { watch } from 'vue';
import { useMessages } from '../../stores/messages';
import { useSession } from '../../stores/session';

/** Closes gaps as they come into sight: each is asked for once by itself while online, and whenever the user asks. */
export const useGaps = (
  peer: () => string,
): { readonly reach: (before: number) => void; readonly read: (before: number) => void } => {
  const messages = useMessages();
  const session = useSession();
  const tried = new Set<number>();
  watch(
    () => session.online,
    () => tried.clear(),
  );
  const read = (before: number): void => void messages.fillGap(peer(), before);
  return {
    reach: (before) => {
      if (!session.online || tried.has(before) || messages.page(peer()).reading !== null) return;
      tried.add(before);
      read(before);
    },
    read,
  };
};
