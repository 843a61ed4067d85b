import { nativeImage, nativeTheme, screen, type NativeImage } from 'electron';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrayLook } from './tray-look';

/** Panels that are dark whatever the theme of the windows is. */
const DARK_PANELS = /\b(GNOME|Unity|Pantheon)\b/i;
/** Panels on Linux are 22 to 24 pixels high, twice that on dense screens. */
const LINUX_SUFFIX = { normal: '@1.5x', dense: '@3x' } as const;

/** Which of the drawn pictures fits; the same words mean the same picture. */
export const iconName = (look: Pick<TrayLook, 'picture' | 'unread'>): string => {
  const name = `${look.picture}${look.unread ? '-unread' : ''}`;
  if (process.platform === 'darwin') return join('template', `${name}Template`);
  return join(isPanelDark() ? 'dark' : 'light', name);
};

/** @param dir assets/tray */
export const loadIcon = (dir: string, name: string): NativeImage => {
  if (process.platform === 'linux') {
    // The tray protocol carries one picture, so it is the one that fits best and not the smallest.
    const dense = screen.getPrimaryDisplay().scaleFactor > 1;
    const suffix = dense ? LINUX_SUFFIX.dense : LINUX_SUFFIX.normal;
    return nativeImage.createFromBuffer(readFileSync(join(dir, `${name}${suffix}.png`)));
  }
  const image = nativeImage.createFromPath(join(dir, `${name}.png`));
  if (process.platform === 'darwin') image.setTemplateImage(true);
  return image;
};

function isPanelDark(): boolean {
  // On Windows the task bar has a theme of its own, which newer Electrons tell.
  const { shouldUseDarkColorsForSystemIntegratedUI: taskBar } = nativeTheme as {
    readonly shouldUseDarkColorsForSystemIntegratedUI?: boolean;
  };
  if (process.platform === 'win32') return taskBar ?? nativeTheme.shouldUseDarkColors;
  return DARK_PANELS.test(process.env['XDG_CURRENT_DESKTOP'] ?? '') || nativeTheme.shouldUseDarkColors;
}
