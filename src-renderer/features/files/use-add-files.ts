import { useFiles } from '../../stores/files';
import { useI18n } from '../../stores/i18n';
import { useUi } from '../../stores/ui';
import { useNoWayOut } from './use-way-out';

/** Files that the user gives to a conversation, on whatever way. */
export const useAddFiles = (
  peer: () => string,
): ((given: Iterable<File> | null | undefined) => Promise<void>) => {
  const files = useFiles();
  const ui = useUi();
  const none = useNoWayOut(peer);
  const { t, format, say } = useI18n();
  /** What comes out of the clipboard is called `image.png`, whatever it is. */
  const nameOf = (): string => {
    const now = Date.now();
    const date = `${format.value.date(now)} ${format.value.time(now)}`.replace(/[/:]/gu, '.');
    return t('files.pasted', { date });
  };
  return async (given) => {
    const list = [...(given ?? [])];
    if (list.length === 0) return;
    if (none.value) {
      ui.sayText(none.value);
      return;
    }
    const answer = await files.add(peer(), list, nameOf);
    if (!answer.ok) ui.sayText(answer.error.code === 'internal' ? t('files.not-added') : say(answer.error));
  };
};
