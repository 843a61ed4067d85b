import { useFiles } from '../../stores/files';
import type { Formats } from '../../stores/formats';
import { useI18n } from '../../stores/i18n';
import { useUi } from '../../stores/ui';
import { useNoWayOut } from './use-way-out';

/** Now, as it may stand in the name of a file. */
export const fileDate = (format: Pick<Formats, 'date' | 'time'>): string => {
  const now = Date.now();
  return `${format.date(now)} ${format.time(now)}`.replace(/[/:]/gu, '.');
};

/** Files that the user gives to a conversation, on whatever way; `name`: of what lies on no disk. */
export const useAddFiles = (
  peer: () => string,
): ((given: Iterable<File> | null | undefined, name?: string) => Promise<void>) => {
  const files = useFiles();
  const ui = useUi();
  const none = useNoWayOut(peer);
  const { t, format, say } = useI18n();
  /** What comes out of the clipboard is called `image.png`, whatever it is. */
  const pasted = (): string => t('files.pasted', { date: fileDate(format.value) });
  return async (given, name) => {
    const list = [...(given ?? [])];
    if (list.length === 0) return;
    if (none.value) {
      ui.sayText(none.value);
      return;
    }
    const answer = await files.add(peer(), list, () => name ?? pasted());
    if (!answer.ok) ui.sayText(answer.error.code === 'internal' ? t('files.not-added') : say(answer.error));
  };
};
