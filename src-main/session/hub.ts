import type { AppEvent, NumberedEvent } from '../../src-shared/ipc/events';

/** Numbers every change and tells it to whoever listens: the windows, the tray, the tests. */
export interface Hub {
  /** The number of the last change. */
  readonly change: number;
  emit(event: AppEvent): void;
  /** Returns the way to stop. */
  listen(listener: (event: NumberedEvent) => void): () => void;
}

export const createHub = (): Hub => {
  const listeners = new Set<(event: NumberedEvent) => void>();
  let change = 0;
  return {
    get change() {
      return change;
    },
    emit(event) {
      change += 1;
      for (const listener of listeners) listener({ change, event });
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
