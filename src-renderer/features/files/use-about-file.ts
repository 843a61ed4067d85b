import { computed, type ComputedRef } from 'vue';
import type { Message } from '../../../src-shared/model/conversation';
import { extensionOf, fileNameOf, typeOfName, type Download } from '../../../src-shared/model/file';
import { useI18n } from '../../stores/i18n';

/** What a card says of the file of a message. */
export const useAboutFile = (
  message: () => Message,
): {
  /** Media type: said, else by its name. */
  readonly type: ComputedRef<string>;
  /** Kind and size. */
  readonly about: ComputedRef<string>;
  /** How much of it is here. */
  readonly far: (running: Download) => string;
} => {
  const { t, format } = useI18n();
  const name = computed(() => {
    const { file } = message();
    return file ? fileNameOf(file) : '';
  });
  return {
    type: computed(() => message().file?.type ?? typeOfName(name.value)),
    about: computed(() => {
      const size = message().file?.size ?? null;
      const kind = extensionOf(name.value).toUpperCase() || t('files.file');
      return size === null ? kind : t('files.about', { kind, size: format.value.size(size) });
    }),
    far: ({ got, size }) =>
      size === null
        ? format.value.size(got)
        : t('files.progress', { done: format.value.size(got), total: format.value.size(size) }),
  };
};
