import { watchEffect } from 'vue';
import { useChats } from '../../stores/chats';
import { useI18n } from '../../stores/i18n';
import { useRoster } from '../../stores/roster';
import { useUi } from '../../stores/ui';

/** The window's title: how much is unread, who is shown. */
export const useTitle = (): void => {
  const chats = useChats();
  const roster = useRoster();
  const ui = useUi();
  const { format } = useI18n();
  watchEffect(() => {
    // How much is unread in all is the main window's to say.
    if (ui.own) {
      document.title = `${roster.nameOf(ui.own.peer)} – Flint`;
      return;
    }
    const name = ui.peer && !ui.signIn ? `${roster.nameOf(ui.peer)} – Flint` : 'Flint';
    document.title = chats.unread > 0 ? `(${format.value.number(chats.unread)}) ${name}` : name;
  });
};
