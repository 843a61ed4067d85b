import { onScopeDispose, ref, type Ref } from 'vue';
import { copyText } from './copy';

const shownFor = 2000;

/** Copies, and says for two seconds what was copied (by any key), so that a button can show it. */
export const useCopied = (): {
  readonly copied: Readonly<Ref<string | null>>;
  readonly copy: (text: string, key?: string) => Promise<void>;
} => {
  const copied = ref<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));
  return {
    copied,
    copy: async (text, key = 'copied') => {
      if (!(await copyText(text))) return;
      copied.value = key;
      clearTimeout(timer);
      timer = setTimeout(() => {
        copied.value = null;
      }, shownFor);
    },
  };
};
