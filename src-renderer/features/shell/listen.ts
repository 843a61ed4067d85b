import { onBeforeUnmount, onMounted } from 'vue';
import { useApp } from '../../stores/app';
import { isShortcut, type ShortcutId } from './shortcut-list';

export type Acts = Partial<Record<ShortcutId, (event: KeyboardEvent) => boolean | undefined>>;

/** Listens to shortcuts as long as the component is there, and on the screen. False: the key was for another. */
export const listen = (acts: Acts, isShown: () => boolean = () => true): void => {
  const app = useApp();
  const key = (event: KeyboardEvent): void => {
    if (event.isComposing || !isShown()) return;
    for (const [id, act] of Object.entries(acts) as [ShortcutId, Acts[ShortcutId]][])
      if (act && isShortcut(event, id, app.platform)) {
        if (act(event) !== false) event.preventDefault();
        return;
      }
  };
  onMounted(() => window.addEventListener('keydown', key));
  onBeforeUnmount(() => window.removeEventListener('keydown', key));
};
