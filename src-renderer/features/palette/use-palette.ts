import { MessageSquarePlus, MessageSquareText, Search, SlidersHorizontal } from '@lucide/vue';
import { computed, type ComputedRef, type Ref } from 'vue';
import { wordsOf } from '../../components/fold';
import { typedAddress } from '../../../src-shared/model/address';
import { useChats } from '../../stores/chats';
import { useI18n } from '../../stores/i18n';
import { useRooms } from '../../stores/rooms';
import { useRoster } from '../../stores/roster';
import { isSearchable } from '../../stores/search-filters';
import { useSession } from '../../stores/session';
import { useUi } from '../../stores/ui';
import { useSettingEntries } from '../settings/use-setting-entries';
import { useViews } from '../shell/use-views';
import { useHitDoer } from '../sidebar/use-hit-doer';
import { shownSnippet } from '../../text/shown-snippet';
import { arrange, bestOf, candidateOf, type PaletteItem, type PaletteSection } from './items';
import { useCommands } from './use-commands';
import { useMessageHits } from './use-message-hits';
import { usePeople } from './use-people';

/** What the palette offers for a query; without one the latest chats and the commands. */
export const usePalette = (
  query: Ref<string>,
  signOut: () => void,
): ComputedRef<readonly PaletteSection[]> => {
  const roster = useRoster();
  const rooms = useRooms();
  const conversations = useChats();
  const session = useSession();
  const ui = useUi();
  const { show } = useViews();
  const { t } = useI18n();
  const { chats, people, recent } = usePeople();
  const commands = useCommands(signOut);
  const commandCandidates = computed(() => commands.value.map((item) => candidateOf(item, '')));
  const hits = useMessageHits(query);
  const doer = useHitDoer();
  const entries = useSettingEntries();

  const settings = computed(() =>
    entries.value.map(({ page, title, text }) => {
      const item: PaletteItem = {
        key: `setting ${page} ${title}`,
        text: t(title),
        detail: t(`settings.${page}`),
        icon: SlidersHorizontal,
        run: () => show('settings', title),
      };
      return candidateOf(item, `${t(`settings.${page}`)} ${t(text)}`);
    }),
  );

  /** Whoever is typed whole and known to nobody here can be written to all the same. */
  const stranger = computed((): readonly PaletteItem[] => {
    const jid = typedAddress(query.value);
    if (jid === null || session.account === null) return [];
    if (roster.contact(jid) || rooms.has(jid) || conversations.chat(jid)?.last) return [];
    return [
      {
        key: `write ${jid}`,
        text: t('palette.write-to', { jid }),
        icon: MessageSquarePlus,
        run: () => ui.showChat(jid),
      },
    ];
  });

  const messages = computed((): readonly PaletteItem[] => {
    const text = query.value.trim();
    if (!isSearchable(text) || session.account === null) return [];
    const found = hits.value.map((hit): PaletteItem => ({
      ...shownSnippet(t, hit, doer(hit)),
      key: `message ${String(hit.message.id)}`,
      detail: roster.nameOf(hit.message.peer),
      icon: MessageSquareText,
      at: hit.message.at,
      run: () => ui.showMessage(hit.message.peer, hit.message.id),
    }));
    if (found.length === 0) return [];
    return [
      ...found,
      {
        key: 'all-messages',
        text: t('palette.all-messages', { query: text }),
        icon: Search,
        marks: [],
        run: () => show('search', text),
      },
    ];
  });

  return computed(() => {
    const words = wordsOf(query.value);
    if (words.length === 0)
      return [
        { id: 'recent' as const, items: recent.value },
        { id: 'commands' as const, items: commands.value },
      ].filter(({ items }) => items.length > 0);
    const found = bestOf(people.value, words);
    return arrange(
      {
        chats: bestOf(chats.value, words),
        people:
          stranger.value.length > 0 ? { best: Infinity, items: [...stranger.value, ...found.items] } : found,
        commands: bestOf(commandCandidates.value, words),
        settings: bestOf(settings.value, words),
      },
      messages.value,
    );
  });
};
