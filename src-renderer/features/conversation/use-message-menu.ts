import { Copy, Link, RotateCw, Trash2 } from '@lucide/vue';
import { computed, shallowRef, type ComputedRef } from 'vue';
import type { MenuEntry } from '../../components/menu';
import type { Message } from '../../../src-shared/model/conversation';
import { useI18n } from '../../stores/i18n';
import { useMessages } from '../../stores/messages';
import { copyText } from '../../text/copy';

/** One menu for all messages of a log: what can be done with the one that was right-clicked. */
export const useMessageMenu = (
  find: (id: number) => Message | null,
): {
  readonly entries: ComputedRef<readonly MenuEntry[]>;
  /** Takes note of what is under the pointer; on nothing no menu opens. */
  readonly aim: (event: MouseEvent) => void;
} => {
  const { t } = useI18n();
  const messages = useMessages();
  const target = shallowRef<{
    readonly message: Message;
    readonly link: string | null;
    readonly chosen: string;
  }>();

  const aim = (event: MouseEvent): void => {
    const element = event.target instanceof Element ? event.target : null;
    const article = element?.closest<HTMLElement>('[data-message]');
    const message = find(Number(article?.dataset['message'] ?? NaN));
    if (!message || !article) {
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
  const entries = computed<readonly MenuEntry[]>(() => {
    const { message, link, chosen } = target.value ?? {};
    const copy = (text: string) => (): void => void copyText(text);
    const list: MenuEntry[] = [];
    if (chosen)
      list.push({ kind: 'item', key: 'copy', text: t('common.copy'), icon: Copy, run: copy(chosen) });
    list.push({
      kind: 'item',
      key: 'copy-text',
      text: t('conversation.copy-text'),
      icon: Copy,
      run: copy(message?.body ?? ''),
    });
    if (link)
      list.push({
        kind: 'item',
        key: 'copy-link',
        text: t('conversation.copy-link'),
        icon: Link,
        run: copy(link),
      });
    if (message?.delivery === 'failed')
      list.push({
        kind: 'item',
        key: 'retry',
        text: t('conversation.try-again'),
        icon: RotateCw,
        run: () => void messages.retry(message.id),
      });
    if (message?.delivery === 'failed' || message?.delivery === 'waiting')
      list.push(
        { kind: 'separator' },
        {
          kind: 'item',
          key: 'delete',
          text: t('conversation.delete'),
          icon: Trash2,
          danger: true,
          run: () => void messages.discard(message.id),
        },
      );
    return list;
  });
  return { entries, aim };
};
