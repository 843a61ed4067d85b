import { watch } from 'vue';
import { call } from '../../bridge/bridge';
import { useSession } from '../../stores/session';
import { useUi } from '../../stores/ui';

/**
 * Tells main which conversation this window shows, and whether its newest message is in sight: only then is what comes there read.
 *
 * @param isShown whether conversations are shown at all, and not the settings say
 */
export const useShowing = (isShown: () => boolean): void => {
  const session = useSession();
  const ui = useUi();
  watch(
    () => {
      const peer = isShown() ? ui.peer : null;
      return [session.id, peer, peer !== null && ui.atEnd === peer] as const;
    },
    ([account, peer, atEnd]) => void call('window.showing', { account, peer, atEnd }),
    { immediate: true },
  );
};
