import { useI18n } from '../../stores/i18n';
import { useMessages } from '../../stores/messages';
import { useUi } from '../../stores/ui';

/** Goes to the first message of a day, or to what came next; says so where the day has none. */
export const useDayJump = (): ((peer: string, start: number, end: number) => Promise<boolean>) => {
  const messages = useMessages();
  const ui = useUi();
  const { t, format } = useI18n();
  return async (peer, start, end) => {
    const answer = await messages.since(peer, start);
    if (!answer.ok) {
      ui.sayError(answer.error);
      return false;
    }
    const place = answer.value.value;
    if (place === null) {
      ui.sayWords(() => t('history.day-end', { date: format.value.date(start) }));
      ui.showChat(peer);
      return true;
    }
    if (place.at >= end) ui.sayWords(() => t('history.day-none', { date: format.value.date(start) }));
    ui.showMessage(peer, place.id);
    return true;
  };
};
