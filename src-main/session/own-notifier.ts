import type { Notifier } from '../ports';

/** The notifications of one account: when it goes, so do they, and none is shown from then on. */
export const createOwnNotifier = (notifier: Notifier): Notifier & { end(): void } => {
  const shown = new Set<string>();
  let ended = false;
  return {
    show(notice) {
      if (ended) return;
      shown.add(notice.tag);
      notifier.show(notice);
    },
    close(tag) {
      shown.delete(tag);
      notifier.close(tag);
    },
    end() {
      ended = true;
      for (const tag of shown) notifier.close(tag);
      shown.clear();
    },
  };
};
