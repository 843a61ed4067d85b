import type { Ref } from 'vue';
import type { Quoted } from '../../../src-shared/model/quoted';
import { useFiles } from '../../stores/files';
import type { Formats } from '../../stores/formats';
import { useI18n } from '../../stores/i18n';
import { useUi } from '../../stores/ui';
import { smallPicture, type SmallPicture } from './small-picture';
import { useNoWayOut } from './use-way-out';

/** Now, as it may stand in the name of a file. */
export const fileDate = (format: Pick<Formats, 'date' | 'time'>): string => {
  const now = Date.now();
  return `${format.date(now)} ${format.time(now)}`.replace(/[/:]/gu, '.').replace(/\s/gu, ' ');
};

/** Puts files into a conversation as they are; the first of them answers what was to be answered, and then nothing is. */
export const useGiveFiles = (
  peer: () => string,
  answering: Ref<Quoted | null>,
): ((list: readonly File[]) => Promise<void>) => {
  const files = useFiles();
  const ui = useUi();
  const { t, format } = useI18n();
  /** What comes out of the clipboard is called `image.png`, whatever it is. */
  const nameOf = ({ name }: File): string => {
    const end = /^image(\.(?:png|jpg))$/u.exec(name)?.[1];
    return end === undefined
      ? name
      : t('files.pasted', { date: fileDate(format.value) }).replace('.png', end);
  };
  return async (list) => {
    // What goes from one computer to the other itself cannot say what it answers.
    const answered = files.offer.is === 'none' ? null : answering.value;
    const answer = await files.add(peer(), list, nameOf, answered?.id ?? null);
    if (answer.ok && answered && answering.value === answered) answering.value = null;
    if (!answer.ok) ui.sayError(answer.error, { internal: 'files.not-added' });
  };
};

/** Files that the user gives to a conversation, on whatever way; pictures that could be smaller are asked about first. */
export const useAddFiles = (
  peer: () => string,
  answering: Ref<Quoted | null>,
): ((given: Iterable<File> | null | undefined) => Promise<void>) => {
  const files = useFiles();
  const ui = useUi();
  const none = useNoWayOut(peer);
  const give = useGiveFiles(peer, answering);
  return async (given) => {
    const list = [...(given ?? [])];
    if (list.length === 0) return;
    if (none.value) {
      ui.say(none.value.key, none.value.params);
      return;
    }
    const to = peer();
    const small = new Map<File, SmallPicture>();
    for (const file of list) {
      const made = await smallPicture(file);
      if (made) small.set(file, made);
    }
    if (small.size > 0) files.offered = { peer: to, files: list, small, answering };
    else await give(list);
  };
};
