import { computed, type ComputedRef } from 'vue';
import type { MenuEntry } from '../../components/menu';
import type { Settings } from '../../../src-shared/model/settings';
import { useApp } from '../../stores/app';
import { useI18n } from '../../stores/i18n';
import { useRoster } from '../../stores/roster';
import { noGroup, separator } from './tree';

/** The groups themselves and those around them, each once. */
const withOuter = (groups: readonly string[]): ReadonlySet<string> =>
  new Set(
    groups.flatMap((group) => {
      const parts = group.split(separator);
      return parts.map((_, depth) => parts.slice(0, depth + 1).join(separator));
    }),
  );

/** What the contact list shows, as a menu: the same as in the settings, and all groups at once. */
export const useListOptions = (): ComputedRef<readonly MenuEntry[]> => {
  const app = useApp();
  const roster = useRoster();
  const { t } = useI18n();

  const toggle = (
    key: 'showOffline' | 'showEmptyGroups' | 'showAvatars' | 'showStatus',
    text: string,
  ): MenuEntry => ({
    kind: 'item',
    key,
    text,
    toggle: true,
    checked: app.settings[key],
    run: () => void app.change({ [key]: !app.settings[key] } satisfies Partial<Settings>),
  });
  const fold = (open: boolean): void => {
    const paths = [...withOuter(roster.groups), noGroup];
    const others = app.settings.collapsedGroups.filter((path) => !paths.includes(path));
    void app.change({ collapsedGroups: open ? others : [...others, ...paths] });
  };
  return computed(() => [
    toggle('showOffline', t('roster.show-offline')),
    toggle('showEmptyGroups', t('roster.show-empty')),
    toggle('showAvatars', t('roster.show-avatars')),
    toggle('showStatus', t('roster.show-status')),
    { kind: 'separator' },
    ...(['presence', 'name'] as const).map((order): MenuEntry => ({
      kind: 'item',
      key: order,
      text: t(`roster.order-${order}`),
      checked: app.settings.contactOrder === order,
      run: () => void app.change({ contactOrder: order }),
    })),
    { kind: 'separator' },
    { kind: 'item', key: 'expand', text: t('roster.expand-all'), run: () => fold(true) },
    { kind: 'item', key: 'collapse', text: t('roster.collapse-all'), run: () => fold(false) },
  ]);
};
