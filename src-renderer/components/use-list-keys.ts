import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { fold } from './fold';

/** Letters typed within this time belong together. */
const typeAheadMs = 700;

export interface ListKeys {
  /** Index of the row that the keyboard stands on, -1 while there is none. */
  readonly active: ComputedRef<number>;
  readonly activate: (index: number) => void;
  readonly onKeydown: (event: KeyboardEvent) => void;
}

/**
 * Keyboard of a list or tree that keeps the focus itself and names its active row (aria-activedescendant),
 * since the rows of a virtual list come and go. Arrows, Home, End, page keys, letters; `onKey` sees the rest.
 */
export const useListKeys = <Row extends { readonly key: string }>(options: {
  readonly rows: Ref<readonly Row[]>;
  /** Whether a row begins with the letters (folded) that were typed. */
  readonly begins: (row: Row, letters: string) => boolean;
  readonly page: () => number;
  readonly reveal: (index: number) => void;
  readonly onKey: (event: KeyboardEvent, row: Row, index: number) => boolean;
  /** Leaves the list at its upper or lower end; false keeps the row. */
  readonly leave?: (direction: -1 | 1) => boolean;
}): ListKeys => {
  const key = ref<string | null>(null);
  const position = shallowRef(-1);
  const active = computed(() => {
    const { value } = options.rows;
    if (key.value === null) return -1;
    if (value[position.value]?.key === key.value) return position.value;
    const found = value.findIndex((row) => row.key === key.value);
    return found >= 0 ? found : Math.min(position.value, value.length - 1);
  });
  watch(active, (index) => {
    if (index >= 0) position.value = index;
  });

  const activate = (index: number): void => {
    const row = options.rows.value[index];
    if (!row) return;
    position.value = index;
    key.value = row.key;
    options.reveal(index);
  };

  let typed = '';
  let typedAt = 0;
  const isTyping = (): boolean => typed !== '' && performance.now() - typedAt <= typeAheadMs;
  const typeAhead = (letter: string): void => {
    typed = isTyping() ? typed + letter : letter;
    typedAt = performance.now();
    const { value } = options.rows;
    const from = typed.length === 1 ? active.value + 1 : Math.max(0, active.value);
    for (let step = 0; step < value.length; step += 1) {
      const index = (from + step) % value.length;
      const row = value[index];
      if (row && options.begins(row, typed)) {
        activate(index);
        return;
      }
    }
  };

  const move = (to: number, direction: -1 | 1): void => {
    const last = options.rows.value.length - 1;
    if ((to < 0 || to > last) && options.leave?.(direction)) return;
    activate(Math.min(last, Math.max(0, to)));
  };

  const onKeydown = (event: KeyboardEvent): void => {
    const index = active.value;
    const row = options.rows.value[index];
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    // Between two words it is one of the letters, and no press.
    if (plain && event.key === ' ' && isTyping()) typeAhead(' ');
    else if (row && options.onKey(event, row, index)) event.preventDefault();
    else if (!plain) return;
    else if (event.key === 'ArrowDown') move(index + 1, 1);
    else if (event.key === 'ArrowUp') move(index - 1, -1);
    else if (event.key === 'Home') activate(0);
    else if (event.key === 'End') activate(options.rows.value.length - 1);
    else if (event.key === 'PageDown')
      activate(Math.min(options.rows.value.length - 1, index + options.page()));
    else if (event.key === 'PageUp') activate(Math.max(0, index - options.page()));
    else if (event.key.length === 1 && event.key !== ' ') typeAhead(fold(event.key));
    else return;
    event.preventDefault();
  };

  return { active, activate, onKeydown };
};
