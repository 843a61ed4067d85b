import { computed, nextTick, watch, type ComputedRef, type Ref } from 'vue';
import { useI18n } from '../../stores/i18n';
import { useUi } from '../../stores/ui';

/** Whether this row is the one that was looked for: it is brought into sight, and takes the keyboard where it can. */
export const useFound = (title: () => string, element: Ref<HTMLElement | null>): ComputedRef<boolean> => {
  const ui = useUi();
  const { t } = useI18n();
  const found = computed(() => ui.settingsRow !== null && t(ui.settingsRow) === title());
  watch(
    found,
    async (is) => {
      if (!is) return;
      await nextTick();
      element.value?.scrollIntoView({ block: 'center' });
      element.value
        ?.querySelector<HTMLElement>('button:not(:disabled), [role=switch], input')
        ?.focus({ preventScroll: true });
    },
    { immediate: true, flush: 'post' },
  );
  return found;
};
