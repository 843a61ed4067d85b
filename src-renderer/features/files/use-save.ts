import { computed, type ComputedRef } from 'vue';
import { call } from '../../bridge/bridge';
import type { Message } from '../../../src-shared/model/conversation';
import { fileNameOf, type Download } from '../../../src-shared/model/file';
import { useFiles } from '../../stores/files';
import { useUi } from '../../stores/ui';

/** What can be done with the file of a message: saved where the user says, or its address opened by the browser. */
export const useSave = (
  message: () => Message,
): {
  readonly name: ComputedRef<string>;
  readonly running: ComputedRef<Download | null>;
  readonly save: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly open: () => Promise<void>;
} => {
  const files = useFiles();
  const ui = useUi();
  const name = computed(() => {
    const { file } = message();
    return file ? fileNameOf(file) : '';
  });
  return {
    name,
    running: computed(() => files.downloads.get(message().id) ?? null),
    save: async () => {
      const answer = await files.save(message().id);
      if (!answer.ok) ui.sayError(answer.error);
      else if (answer.value.started) ui.confirm('files.saved', { name: name.value });
    },
    stop: async () => void (await files.stopSaving(message().id)),
    open: async () => {
      const answer = await call('link.open', { url: message().file?.url ?? '' });
      if (!answer.ok) ui.sayError(answer.error);
    },
  };
};
