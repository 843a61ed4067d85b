import {
  Copy,
  Forward,
  Link,
  ListChecks,
  PencilLine,
  Pin,
  PinOff,
  Reply,
  RotateCw,
  SmilePlus,
  Trash2,
  Undo2,
  X,
} from '@lucide/vue';
import { computed, shallowRef, type ComputedRef } from 'vue';
import type { MenuEntry } from '../../components/menu';
import type { Outcome } from '../../../src-shared/ipc/errors';
import type { Message } from '../../../src-shared/model/conversation';
import { isAnswerable } from '../../../src-shared/model/quoted';
import { useApp } from '../../stores/app';
import { useI18n } from '../../stores/i18n';
import { useMessages } from '../../stores/messages';
import { usePins } from '../../stores/pins';
import { useRooms } from '../../stores/rooms';
import { useUi } from '../../stores/ui';
import { copyText } from '../../text/copy';
import { keyWords } from '../shell/shortcut-list';
import { useMaySpeak } from './use-may-speak';
import { isForwardable, type Selection } from './use-selection';

type Item = Extract<MenuEntry, { kind: 'item' }>;

/** One menu for all messages of a log: what can be done with the one that was right-clicked. */
export const useMessageMenu = (
  find: (id: number) => Message | null,
  acts: {
    readonly edit: (message: Message) => void;
    readonly reply: (message: Message) => void;
    /** Opens the emoji picker for it. */
    readonly react: (message: Message) => void;
    /** Asks whether to take it back for everybody. */
    readonly retract: (message: Message) => void;
    /** The same of what somebody else said, as a moderator. */
    readonly moderate: (message: Message) => void;
  },
  selection: Selection,
): {
  readonly entries: ComputedRef<readonly MenuEntry[]>;
  /** Takes note of what is under the pointer; on nothing no menu opens. */
  readonly aim: (event: MouseEvent) => void;
  /** Takes back a message that waits, or deletes one that failed. */
  readonly discard: (message: Message) => Promise<void>;
} => {
  const { t } = useI18n();
  const messages = useMessages();
  const pins = usePins();
  const rooms = useRooms();
  const ui = useUi();
  const app = useApp();
  const { maySpeak } = useMaySpeak();
  const target = shallowRef<{
    readonly message: Message;
    readonly link: string | null;
    readonly chosen: string;
  }>();

  const aim = (event: MouseEvent): void => {
    const element = event.target instanceof Element ? event.target : null;
    const article = element?.closest<HTMLElement>('[data-message]');
    const message = find(Number(article?.dataset['message'] ?? NaN));
    if (!message || !article || message.retracted) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const selection = getSelection();
    const within = selection !== null && article.contains(selection.anchorNode);
    target.value = {
      message,
      link: element?.closest('a')?.getAttribute('href') ?? null,
      chosen: within ? selection.toString() : '',
    };
  };
  const act = async (done: Promise<Outcome<null>>): Promise<void> => {
    const answer = await done;
    if (!answer.ok) ui.sayError(answer.error, { 'no-message': 'conversation.discard-too-late' });
  };
  const discard = (message: Message): Promise<void> => act(messages.discard(message.id));

  const copies = (message: Message, link: string | null, chosen: string): readonly Item[] => {
    const entry = (key: string, text: string, icon: Item['icon'], what: string): Item => ({
      kind: 'item',
      key,
      text,
      ...(icon ? { icon } : {}),
      run: () => void copyText(what),
    });
    return [
      ...(chosen ? [entry('copy', t('common.copy'), Copy, chosen)] : []),
      entry('copy-text', t('conversation.copy-text'), Copy, message.body),
      ...(link ? [entry('copy-link', t('conversation.copy-link'), Link, link)] : []),
    ];
  };
  /** What goes by a message's id cannot be done where it has none, and says so. */
  const possible = (
    what: 'conversation.react' | 'conversation.retract',
    can: boolean,
    { nick }: Message,
  ): Pick<Item, 'text' | 'disabled'> => {
    const why = nick === undefined ? 'conversation.without-id' : 'conversation.without-id-room';
    return { text: can ? t(what) : t(why, { what: t(what) }), disabled: !can };
  };
  /** What can be done with any message, alone or with others. */
  const sharing = (message: Message): readonly MenuEntry[] => [
    ...(message.kind === 'chat'
      ? [
          {
            kind: 'item',
            key: 'pin',
            text: t(message.pinned ? 'conversation.unpin' : 'conversation.pin'),
            icon: message.pinned ? PinOff : Pin,
            run: () => void act(pins.pin(message.id, !message.pinned)),
          } as const,
        ]
      : []),
    {
      kind: 'item',
      key: 'forward',
      text: t('selection.forward'),
      icon: Forward,
      disabled: !isForwardable(message),
      run: () => {
        selection.forwarding.value = [message];
      },
    },
    {
      kind: 'item',
      key: 'select',
      text: t('selection.select'),
      icon: ListChecks,
      run: () => selection.toggle(message),
    },
  ];
  const deletion = (message: Message, goesOn: boolean): readonly MenuEntry[] =>
    message.delivery === 'waiting'
      ? []
      : [
          ...(goesOn ? [] : [{ kind: 'separator' } as const]),
          {
            kind: 'item',
            key: 'delete-here',
            text: t('selection.delete'),
            icon: Trash2,
            danger: true,
            run: () => {
              selection.deleting.value = [message];
            },
          },
        ];
  const entries = computed<readonly MenuEntry[]>(() => {
    if (!target.value || selection.on.value) return [];
    const { message, link, chosen } = target.value;
    const list: MenuEntry[] = [...copies(message, link, chosen)];
    if (maySpeak(message.peer) && isAnswerable(message) && !message.editable)
      list.unshift(
        {
          kind: 'item',
          key: 'reply',
          text: t('conversation.reply'),
          icon: Reply,
          keys: keyWords(t, 'reply', app.platform),
          run: () => acts.reply(message),
        },
        {
          kind: 'item',
          key: 'react',
          ...possible('conversation.react', message.reactable === true, message),
          icon: SmilePlus,
          keys: keyWords(t, 'react', app.platform),
          run: () => acts.react(message),
        },
      );
    // What a file's message says is its address.
    if ((message.editable || message.correctable) && !message.file)
      list.push({
        kind: 'item',
        key: 'edit',
        text: t('conversation.edit'),
        icon: PencilLine,
        run: () => acts.edit(message),
      });
    list.push(...sharing(message));
    if (message.editable)
      list.push(
        { kind: 'separator' },
        {
          kind: 'item',
          key: 'cancel',
          text: t('conversation.cancel-sending'),
          icon: X,
          danger: true,
          run: () => void discard(message),
        },
      );
    else if (message.delivery === 'failed')
      list.push(
        {
          kind: 'item',
          key: 'retry',
          text: t('conversation.try-again'),
          icon: RotateCw,
          run: () => void act(messages.retry(message.id)),
        },
        { kind: 'separator' },
        {
          kind: 'item',
          key: 'delete',
          text: t('conversation.delete'),
          icon: Trash2,
          danger: true,
          run: () => void discard(message),
        },
      );
    const retractable = message.retractable === true;
    // One of ours in a room that gives no ids.
    const unknown = message.delivery === 'sent' && message.correctable === true && !message.reactable;
    if (retractable || unknown)
      list.push(
        { kind: 'separator' },
        {
          kind: 'item',
          key: 'retract',
          ...possible('conversation.retract', retractable, message),
          icon: Undo2,
          danger: true,
          run: () => acts.retract(message),
        },
      );
    const room = rooms.room(message.peer);
    const moderates = room?.moderation === true && room.role === 'moderator' && message.reactable === true;
    if (moderates && !retractable)
      list.push(
        { kind: 'separator' },
        {
          kind: 'item',
          key: 'moderate',
          text: t('room.moderate'),
          icon: Undo2,
          danger: true,
          run: () => acts.moderate(message),
        },
      );
    if (message.delivery !== 'failed') list.push(...deletion(message, retractable || unknown || moderates));
    return list;
  });
  return { entries, aim, discard };
};
