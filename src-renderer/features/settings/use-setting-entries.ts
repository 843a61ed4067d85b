import { computed, type ComputedRef } from 'vue';
import { useApp } from '../../stores/app';
import { useSession } from '../../stores/session';
import { settingIndex, type SettingEntry, type SettingNeed } from './setting-index';

/** The rows that the pages show now: whatever searches the settings leads to none that is not there. */
export const useSettingEntries = (): ComputedRef<readonly SettingEntry[]> => {
  const app = useApp();
  const session = useSession();
  const has: Readonly<Record<SettingNeed, () => boolean>> = {
    account: () => session.account !== null,
    password: () => session.connection.canChangePassword,
    software: () => session.connection.software !== null,
    disk: () => session.account !== null && !['memory', 'newer', 'key-lost'].includes(session.history),
    flash: () => app.canFlash,
    hiding: () => app.platform !== 'darwin',
  };
  return computed(() => settingIndex.filter(({ needs }) => needs === undefined || has[needs]()));
};
