import { app, nativeImage } from 'electron';
import { join } from 'node:path';
import { translatorOf, type Translate } from '../../src-shared/i18n';
import type { CallArgs } from '../../src-shared/ipc/contract';
import type { CallError } from '../../src-shared/ipc/errors';
import type { AccountId } from '../../src-shared/model/account';
import { isSilent } from '../../src-shared/model/quiet-hours';
import type { Core } from '../core-api';
import type { Ports } from '../ports';
import { systemClock } from './clock';
import type { MainWindow } from './main-window';
import { setAppMenu } from './menus';
import { followStatus, type Status } from './status';
import { createAppTray } from './tray';
import type { TrayHost } from './tray-host';
import { lookOf } from './tray-look';
import { createUnreadBadge } from './unread-badge';

/** The badge and the tray follow at their own pace. */
const STATUS_MS = 50;
/** "Mute for 1 hour". */
const SILENT_MS = 3_600_000;

/** Tray, badge and menus follow the session. */
export function addTray(
  root: string,
  core: Core,
  window: MainWindow,
  trayHost: TrayHost,
  ready: Promise<void>,
  { onTranslate, onRefused }: { onTranslate: (t: Translate) => void; onRefused: (error: CallError) => void },
): void {
  let status: Status | null = null;
  const choose = (wanted: Omit<CallArgs<'presence.set'>, 'account'>): void => {
    const account = status?.account?.account.id;
    if (account === undefined) return;
    void core.call('presence.set', { account, ...wanted }).then((answer) => {
      if (!answer.ok) onRefused(answer.error);
    });
  };
  const tray = createAppTray({
    dir: join(root, 'assets', 'tray'),
    clock: systemClock,
    onOpen: () => {
      window.show();
    },
    onPresence: (kind) => {
      choose({ kind });
    },
    onSaved: ({ kind, text, clearAfter }) => {
      choose({ kind, status: text, clearAfter });
    },
    onSilent: () => {
      const at = systemClock.now();
      const silentUntil = isSilent(status?.silentUntil ?? null, at) ? null : at + SILENT_MS;
      void core.call('settings.set', { patch: { silentUntil } });
    },
    onSettings: () => {
      void core.call('app.show', { view: 'settings', about: null });
    },
    onQuit: () => {
      app.quit();
    },
  });
  const tellUnread = createUnreadBadge({
    platform: process.platform as Ports['system']['platform'],
    setCount: (count) => app.setBadgeCount(count),
    setOverlay: (picture, words) => {
      const file = join(root, 'assets', 'tray', 'count', `${picture ?? ''}.png`);
      window.setOverlay(picture === null ? null : nativeImage.createFromPath(file), words);
    },
  });
  /** Of what comes by the hundred in a second the last is shown. */
  let latest: Status | null = null;
  const follow = (now: Status): void => {
    if (latest === null) systemClock.after(STATUS_MS, showLatest);
    latest = now;
  };
  const showLatest = (): void => {
    if (latest) show(latest);
    latest = null;
  };
  const show = (now: Status): void => {
    const t = translatorOf(now.locale);
    if (now.locale !== status?.locale) {
      onTranslate(t);
      setAppMenu(t);
    }
    if (now.unread !== status?.unread) tellUnread(now.unread, t('tray.unread', { count: now.unread }));
    status = now;
    tray.update(lookOf(now, t, systemClock.now()), t);
  };
  tray.setPresent(trayHost.present());
  trayHost.onChange((present) => {
    core.setTray(present);
    tray.setPresent(present);
    if (!present) window.keepInReach();
  });
  const source = {
    state: () => core.call('app.state', {}),
    chats: (account: AccountId) => core.call('chats.list', { account }),
    rooms: (account: AccountId) => core.call('rooms.state', { account }),
    listen: core.listen,
  };
  void ready.then(() => followStatus(source, follow)).catch(() => undefined);
}
