import { ref, type Ref } from 'vue';

/** Files that are dragged over a pane, and dropped there; `isOpen`: whether it takes any. */
export const useDrop = (
  isOpen: () => boolean,
  dropped: (files: Iterable<File>) => void,
): {
  readonly over: Ref<boolean>;
  readonly on: Readonly<Record<'dragenter' | 'dragover' | 'dragleave' | 'drop', (event: DragEvent) => void>>;
} => {
  const over = ref(false);
  /** Going into an element inside is told before leaving the one around it. */
  let depth = 0;
  const carries = (event: DragEvent): boolean =>
    isOpen() && event.dataTransfer?.types.includes('Files') === true;
  const end = (): void => {
    depth = 0;
    over.value = false;
  };
  return {
    over,
    on: {
      dragenter: (event) => {
        if (!carries(event)) return;
        event.preventDefault();
        depth += 1;
        over.value = true;
      },
      dragover: (event) => {
        if (!carries(event) || !event.dataTransfer) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      },
      dragleave: (event) => {
        if (!carries(event)) return;
        depth -= 1;
        if (depth <= 0) end();
      },
      drop: (event) => {
        if (!carries(event)) return;
        event.preventDefault();
        end();
        dropped(event.dataTransfer?.files ?? []);
      },
    },
  };
};
