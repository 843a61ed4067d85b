import { useApp } from '../../stores/app';

/** Which groups (and sections of the sidebar) are closed: kept in the settings. */
export const useCollapse = (): {
  readonly isOpen: (path: string) => boolean;
  readonly setOpen: (path: string, open: boolean) => void;
} => {
  const app = useApp();
  return {
    isOpen: (path) => !app.settings.collapsedGroups.includes(path),
    setOpen: (path, open) => {
      const others = app.settings.collapsedGroups.filter((item) => item !== path);
      void app.change({ collapsedGroups: open ? others : [...others, path] });
    },
  };
};
