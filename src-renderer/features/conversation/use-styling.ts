import type { Ref } from 'vue';
import { useApp } from '../../stores/app';
import { isShortcut } from '../shell/shortcut-list';
import { putInField } from './field-edit';
import { styled, stylings, type Styling } from './styling';

/** Styles what is selected in a field, by buttons and by keys. */
export const useStyling = (
  area: Readonly<Ref<HTMLTextAreaElement | null>>,
): {
  readonly style: (styling: Styling) => void;
  /** Each styling has a shortcut of its name. */
  readonly styleKey: (event: KeyboardEvent) => void;
} => {
  const app = useApp();
  const style = (styling: Styling): void => {
    const field = area.value;
    if (!field || field.disabled) return;
    const { value, selectionStart, selectionEnd } = field;
    putInField(field, styled(value, selectionStart, selectionEnd, styling));
  };
  const styleKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const styling = stylings.find((one) => isShortcut(event, one, app.platform));
    if (!styling) return;
    event.preventDefault();
    style(styling);
  };
  return { style, styleKey };
};
