import { computed, watch, type ComputedRef } from 'vue';
import { useApp } from '../../stores/app';
import { useBlocked } from '../../stores/blocked';
import { useCards } from '../../stores/cards';
import { useChats } from '../../stores/chats';
import { useFiles } from '../../stores/files';
import { useFaces } from '../../stores/faces';
import { useHistory } from '../../stores/history';
import { useMessages } from '../../stores/messages';
import { usePins } from '../../stores/pins';
import { useProfile } from '../../stores/profile';
import { useRecordings } from '../../stores/recordings';
import { useRooms } from '../../stores/rooms';
import { useRoster } from '../../stores/roster';
import { useSearch } from '../../stores/search';
import { useSession } from '../../stores/session';
import { onSignal } from '../../stores/stream';
import { useUi } from '../../stores/ui';
import { playSound } from './sound-player';
import { useLastOpen } from './use-last-open';
import { useNarrow } from './use-narrow';
import { useViews } from './use-views';

/** How long the sign-in screen says "Connected", all its steps ticked off, before the chats come. */
const CONNECTED_MS = 600;

/**
 * Opens the stores and decides between sign-in and shell: sign-in without an account, and when the account is
 * stopped with nothing kept to show; once shown it stays until the session is online or the user goes back.
 */
export const useStart = (): {
  readonly start: () => Promise<void>;
  readonly decided: ComputedRef<boolean>;
  /** What is kept of the account is here: nothing is opened before that in a window with one conversation. */
  readonly settled: ComputedRef<boolean>;
  /** Whether a conversation opens by itself is known: only then may the window say that none is open. */
  readonly placed: ComputedRef<boolean>;
} => {
  const app = useApp();
  const session = useSession();
  const rooms = useRooms();
  const roster = useRoster();
  const chats = useChats();
  const messages = useMessages();
  const pins = usePins();
  const blocked = useBlocked();
  const cards = useCards();
  const faces = useFaces();
  const files = useFiles();
  const profile = useProfile();
  const recordings = useRecordings();
  const history = useHistory();
  const search = useSearch();
  const ui = useUi();
  const narrow = useNarrow();
  const { show } = useViews();

  const over = (state: string): boolean => state === 'ready' || state === 'error';
  const settled = computed(() => over(roster.state) && over(chats.state));
  /** Shell or sign-in is decided: only a stopped account has to wait for what is kept. */
  const decided = computed(() => settled.value || session.connection.phase !== 'stopped');
  const nothingKept = computed(() => roster.contacts.size === 0 && chats.chats.size === 0);

  const isTold = useLastOpen(() => roster.state === 'ready' && chats.state === 'ready');

  const placed = computed(() => isTold.value || chats.state === 'error' || roster.state === 'error');
  const openAccount = async (id: string | null): Promise<void> => {
    messages.useAccount(id);
    pins.useAccount(id);
    cards.useAccount(id);
    profile.useAccount(id);
    recordings.useAccount(id);
    history.open(id);
    search.open(id);
    if (id === null) {
      ui.closeChat();
      ui.settings = null;
      ui.console = false;
      ui.signIn = true;
    }
    await Promise.all([
      files.open(id),
      rooms.open(id),
      roster.open(id),
      chats.open(id),
      blocked.open(id),
      faces.open(id),
    ]);
  };

  const showChat = ({ peer, message }: { readonly peer: string; readonly message?: number | null }): void => {
    if (message) ui.showMessage(peer, message);
    else ui.showChat(peer);
    // They would lie over it.
    if (narrow.value) ui.details = false;
  };
  /** They stand at the top of the sidebar. */
  const showRequests = (): void => {
    ui.settings = null;
    ui.console = false;
    if (narrow.value) ui.closeChat();
    ui.requests = true;
  };
  let leaving: ReturnType<typeof setTimeout> | undefined;
  watch(
    () => [session.connection.phase, settled.value] as const,
    ([phase, isSettled]) => {
      if (phase === 'online' && ui.signIn) {
        // Once: an account that has much to tell comes by here each time.
        leaving ??= setTimeout(() => {
          leaving = undefined;
          ui.signIn = false;
        }, CONNECTED_MS);
        return;
      }
      clearTimeout(leaving);
      leaving = undefined;
      if (phase === 'stopped' && isSettled && nothingKept.value) ui.signIn = true;
    },
  );

  const start = async (): Promise<void> => {
    const { own } = ui;
    onSignal((signal) => {
      // What is for the user at large is the main window's to show, and to play.
      if (own && !('peer' in signal && signal.peer === own.peer)) return;
      if (signal.type === 'open-chat-window') {
        if (own && signal.message !== null) ui.showMessage(own.peer, signal.message);
        return;
      }
      if (signal.type === 'show-chat' && signal.account === session.id) showChat(signal);
      else if (signal.type === 'show-view') show(signal.view, signal.about);
      else if (signal.type === 'show-requests' && signal.account === session.id) showRequests();
      else if (signal.type === 'buzz' && signal.account === session.id) ui.shaking = true;
      else if (signal.type === 'sound') void playSound(signal.sound, app.settings);
      else if (signal.type === 'xmpp-link') ui.follow(signal.url);
      else if (signal.type === 'closed-to-taskbar') ui.say('shell.closed-to-taskbar');
      else if (signal.type === 'refused') ui.sayError(signal.error);
      else if (signal.type === 'denied' && signal.account === session.id)
        ui.say('roster.denied', { name: roster.nameOf(signal.jid) });
    });
    await app.start();
    watch(
      () => (app.loaded ? session.id : undefined),
      (id) => {
        if (id !== undefined) void openAccount(id);
      },
      { immediate: true },
    );
  };
  return { start, decided, settled, placed };
};
