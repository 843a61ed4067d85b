import { Menu, nativeTheme, Tray, type MenuItemConstructorOptions } from 'electron';
import type { Translate } from '../../src-shared/i18n';
import type { PresenceKind, SavedPresence } from '../../src-shared/model/presence';
import type { Clock, Timer } from '../ports';
import { iconName, loadIcon } from './tray-icon';
import type { TrayLook } from './tray-look';

/** Presence of a whole roster can change at once; the tray follows at its own pace. */
const UPDATE_MS = 50;

export interface AppTrayOptions {
  /** assets/tray */
  readonly dir: string;
  readonly clock: Clock;
  readonly onOpen: () => void;
  readonly onPresence: (kind: PresenceKind) => void;
  readonly onSaved: (presence: SavedPresence) => void;
  /** Nothing is to be shown or heard for a while; where that is so already, it is again. */
  readonly onSilent: () => void;
  readonly onSettings: () => void;
  readonly onQuit: () => void;
}
type TrayClicks = Omit<AppTrayOptions, 'dir' | 'clock'>;

/** Flint's icon in the tray, while there is a tray. */
export interface AppTray {
  update(look: TrayLook, t: Translate): void;
  /** A host has come (the icon is put there anew) or gone. */
  setPresent(present: boolean): void;
}

export const createAppTray = (options: AppTrayOptions): AppTray => {
  let tray: Tray | null = null;
  let wanted: { readonly look: TrayLook; readonly t: Translate } | null = null;
  let drawn = { icon: '', tooltip: '', menu: '' };
  let due: Timer | null = null;

  /** Electron ticks what is clicked by itself: what is true is drawn over it, whatever the click has come to. */
  const clicks: TrayClicks = {
    ...options,
    onPresence: (kind) => {
      options.onPresence(kind);
      drawAnew();
    },
    onSaved: (presence) => {
      options.onSaved(presence);
      drawAnew();
    },
    onSilent: () => {
      options.onSilent();
      drawAnew();
    },
  };
  const drawAnew = (): void => {
    drawn = { ...drawn, menu: '' };
    drawSoon();
  };
  const draw = (): void => {
    due = null;
    if (!tray || !wanted) return;
    const { look, t } = wanted;
    const next = { icon: iconName(look), tooltip: look.tooltip, menu: menuKey(look, t) };
    if (next.icon !== drawn.icon) tray.setImage(loadIcon(options.dir, next.icon));
    if (next.tooltip !== drawn.tooltip) tray.setToolTip(next.tooltip);
    // A menu that is open is taken away by a new one, so there is a new one only where it differs.
    if (next.menu !== drawn.menu) tray.setContextMenu(Menu.buildFromTemplate(template(look, t, clicks)));
    drawn = next;
  };
  const drawSoon = (): void => {
    due ??= options.clock.after(UPDATE_MS, draw);
  };
  nativeTheme.on('updated', drawSoon);
  const put = (): void => {
    if (!wanted) return;
    const icon = iconName(wanted.look);
    tray = new Tray(loadIcon(options.dir, icon));
    tray.on('click', options.onOpen);
    drawn = { icon, tooltip: '', menu: '' };
    draw();
  };
  let present = false;
  return {
    update: (look, t) => {
      wanted = { look, t };
      if (tray) drawSoon();
      else if (present) put();
    },
    setPresent: (now) => {
      if (now === present) return;
      present = now;
      tray?.destroy();
      tray = null;
      if (now) put();
    },
  };
};

const menuKey = (look: TrayLook, t: Translate): string =>
  JSON.stringify([
    look.heading,
    look.quiet,
    look.silent,
    look.presences,
    look.saved,
    t('tray.open'),
    t('tray.quit'),
  ]);

function template(look: TrayLook, t: Translate, options: TrayClicks): MenuItemConstructorOptions[] {
  const presences = look.presences.map(({ kind, label, ticked }): MenuItemConstructorOptions => ({
    label,
    type: 'radio',
    checked: ticked,
    click: () => {
      options.onPresence(kind);
    },
  }));
  const saved = look.saved.map(({ presence, label, ticked }): MenuItemConstructorOptions => ({
    label: label.replaceAll('&', '&&'),
    type: 'checkbox',
    checked: ticked,
    click: () => {
      options.onSaved(presence);
    },
  }));
  return [
    { label: look.heading.replaceAll('&', '&&'), enabled: false },
    ...(look.quiet === null ? [] : [{ label: look.quiet, enabled: false }]),
    { type: 'separator' },
    ...presences,
    ...(saved.length > 0 ? [{ type: 'separator' as const }, ...saved] : []),
    ...(presences.length > 0 ? [{ type: 'separator' as const }] : []),
    { label: t('tray.open'), click: options.onOpen },
    ...(look.silent === null ? [] : [silence(look.silent, t, options)]),
    ...(look.silent === null ? [] : [{ label: t('shell.settings'), click: options.onSettings }]),
    { label: t('tray.quit'), click: options.onQuit },
  ];
}

function silence(on: boolean, t: Translate, options: TrayClicks): MenuItemConstructorOptions {
  return {
    label: t('tray.silent'),
    type: 'checkbox',
    checked: on,
    click: options.onSilent,
  };
}
