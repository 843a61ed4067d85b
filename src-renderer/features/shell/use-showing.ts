import { watch } from 'vue';
import { call } from '../../bridge/bridge';
import { useSession } from '../../stores/session';
import { useFiles } from '../../stores/files';
import { useUi } from '../../stores/ui';
import { useNarrow } from './use-narrow';

/**
 * Tells main which conversation this window shows, and whether its newest message is in sight: only then is what comes there read.
 *
 * @param isShown whether conversations are shown at all, and not the settings say
 */
export const useShowing = (isShown: () => boolean): void => {
  const session = useSession();
  const ui = useUi();
  const files = useFiles();
  const narrow = useNarrow();
  /** Something lies over all of the conversation: the details of a narrow window, or a picture by itself. */
  const isCovered = (): boolean =>
    (narrow.value && ui.details && !ui.own) || (files.viewing !== null && files.viewing.peer === ui.peer);
  watch(
    () => {
      const peer = isShown() ? ui.peer : null;
      return [session.id, peer, peer !== null && ui.atEnd === peer && !isCovered()] as const;
    },
    ([account, peer, atEnd]) => void call('window.showing', { account, peer, atEnd }),
    { immediate: true },
  );
};
