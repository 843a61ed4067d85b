import type { Ref } from 'vue';
import { putInField } from './field-edit';
import { styled, stylingOfKey, type Styling } from './styling';

/** Styles what is selected in a field, by buttons and by keys. */
export const useStyling = (
  area: Readonly<Ref<HTMLTextAreaElement | null>>,
): {
  readonly style: (styling: Styling) => void;
  /** Ctrl (or Cmd) with B, I, Shift+S, Shift+C, Shift+U. */
  readonly styleKey: (event: KeyboardEvent) => void;
} => {
  const style = (styling: Styling): void => {
    const field = area.value;
    if (!field || field.disabled) return;
    const { value, selectionStart, selectionEnd } = field;
    putInField(field, styled(value, selectionStart, selectionEnd, styling));
  };
  const styleKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const styling = stylingOfKey(event.key, event.shiftKey);
    if (styling === null) return;
    event.preventDefault();
    style(styling);
  };
  return { style, styleKey };
};
