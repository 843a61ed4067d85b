import type { Ports } from '../ports';
import type { NoticeOwner } from './notices';

/** The button in the task bar asks for attention while something waits that the user has not looked at. */
export interface Flash {
  /** @param key a conversation, or what else waits */
  on(key: string): void;
  off(key: string): void;
  /** Nothing waits any more. */
  end(): void;
}

export const createFlash = (
  { settings, front }: Pick<NoticeOwner, 'settings' | 'front'>,
  taskbar: Ports['taskbar'],
): Flash => {
  const waiting = new Set<string>();
  return {
    on(key) {
      if (!settings().flashTaskbar || front.focused) return;
      waiting.add(key);
      taskbar.flash(true);
    },
    off(key) {
      if (waiting.delete(key) && waiting.size === 0) taskbar.flash(false);
    },
    end() {
      if (waiting.size > 0) taskbar.flash(false);
      waiting.clear();
    },
  };
};
