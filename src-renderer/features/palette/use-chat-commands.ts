import { MessageSquareX, PanelRight } from '@lucide/vue';
import type { MenuNode } from '../../components/menu';
import { useApp } from '../../stores/app';
import { useI18n } from '../../stores/i18n';
import { useRoster } from '../../stores/roster';
import { useUi } from '../../stores/ui';
import { useChatActs } from '../history/use-chat-acts';
import { keyWords } from '../shell/shortcut-list';
import { useChatMenu } from '../sidebar/use-chat-menu';
import type { PaletteItem } from './items';

/** What one can do with the conversation that is open: all that its menus have, submenus line by line. */
export const useChatCommands = (): (() => readonly PaletteItem[]) => {
  const app = useApp();
  const roster = useRoster();
  const ui = useUi();
  const { acts } = useChatActs();
  const { chatMenu } = useChatMenu();
  const { t } = useI18n();

  const itemsOf = (nodes: readonly MenuNode[], menu: string | null = null): readonly PaletteItem[] =>
    nodes.flatMap((node): readonly PaletteItem[] => {
      if (node.kind === 'sub')
        return itemsOf(
          node.entries.map((entry) => ({ ...(node.icon ? { icon: node.icon } : {}), ...entry })),
          node.text,
        );
      if (node.kind !== 'item' || node.disabled || node.checked) return [];
      const { key, text, icon, keys, run } = node;
      return [
        {
          key: `chat ${key}`,
          text: menu === null ? text : t('palette.choice', { menu, choice: text }),
          ...(icon ? { icon } : {}),
          // Where one writes, its keys are those of quoting.
          ...(keys === undefined || key === 'unread' ? {} : { keys }),
          run,
        },
      ];
    });

  return () => {
    const { peer } = ui;
    if (peer === null) return [];
    const items: readonly PaletteItem[] = [
      ...itemsOf([...acts(peer, true), ...chatMenu(peer)]),
      ...(ui.own
        ? []
        : [
            {
              key: 'chat details',
              text: t('palette.details'),
              icon: PanelRight,
              run: () => ui.toggleDetails(),
            },
          ]),
      {
        key: 'chat close',
        text: t('palette.close-chat'),
        icon: MessageSquareX,
        keys: keyWords(t, 'close-chat', app.platform),
        run: () => ui.closeChat(),
      },
    ];
    return items.map((item) => ({
      ...item,
      detail: roster.nameOf(peer),
      run: () => {
        // It is about what is behind the settings.
        ui.settings = null;
        item.run();
      },
    }));
  };
};
