import { call } from '../bridge/bridge';
import { useUi } from '../stores/ui';

/** The way out for a link: through main's gate (T23), which says why when it stays shut; to people and rooms it is ours (T22). */
export const useOpenLink = (): ((url: string) => Promise<void>) => {
  const ui = useUi();
  return async (url) => {
    if (/^xmpp:/i.test(url)) {
      ui.follow(url);
      return;
    }
    const answer = await call('link.open', { url });
    if (!answer.ok) ui.sayError(answer.error);
  };
};
