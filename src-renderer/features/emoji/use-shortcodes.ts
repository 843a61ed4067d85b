import { computed, ref, shallowRef, useId, type Ref } from 'vue';
import { useApp } from '../../stores/app';
import { putInField } from '../conversation/field-edit';
import { completeShortcode, recentWith, shortcodeAt, toned, type Emoji } from './emoji-data';
import { loadEmoji } from './load-emoji';

/** `:smile` in a field is completed from a list; `:smile:` becomes the emoji at once. */
export const useShortcodes = (area: Readonly<Ref<HTMLTextAreaElement | null>>) => {
  const app = useApp();
  const id = useId();
  const all = shallowRef<readonly Emoji[]>([]);
  /** What is typed after the colon; null while nothing is. */
  const typed = ref<string | null>(null);
  const at = ref(0);
  /** Where the caret was when that was typed. */
  let end = 0;
  const offers = computed(() =>
    typed.value === null
      ? []
      : completeShortcode(all.value, typed.value).map((emoji) => ({
          emoji,
          text: toned(emoji, app.settings.emojiTone),
        })),
  );

  const put = (text: string, length: number): void => {
    const field = area.value;
    if (!field) return;
    const from = end - length;
    const after = from + text.length;
    typed.value = null;
    putInField(field, { from, to: end, text, start: after, end: after });
    void app.change({ emojiRecent: [...recentWith(app.settings.emojiRecent, text)] });
  };
  const take = (index: number): void => {
    const offer = offers.value[index];
    if (offer && typed.value !== null) put(offer.text, typed.value.length + 1);
  };
  const input = async (event: Event): Promise<void> => {
    const field = area.value;
    if (!field || (event instanceof InputEvent && event.isComposing)) return;
    const before = field.value.slice(0, field.selectionStart);
    end = before.length;
    const whole = before.endsWith(':') ? shortcodeAt(before, before.length - 1) : null;
    const part = shortcodeAt(before, before.length);
    typed.value = part;
    at.value = 0;
    if (whole === null && part === null) return;
    all.value = await loadEmoji(app.locale);
    const exact = all.value.find(({ shortcodes }) => whole !== null && shortcodes.includes(whole));
    // The user may have gone on while it was read.
    const still = field.value.slice(0, field.selectionStart) === before;
    if (exact && whole !== null && still) put(toned(exact, app.settings.emojiTone), whole.length + 2);
  };
  /** @returns whether the list took the key */
  const key = (event: KeyboardEvent): boolean => {
    // The caret has gone elsewhere: the list is about what was typed there.
    if (typed.value !== null && area.value?.selectionStart !== end) typed.value = null;
    const count = offers.value.length;
    if (count === 0 || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'ArrowDown') at.value = (at.value + 1) % count;
    else if (event.key === 'ArrowUp') at.value = (at.value + count - 1) % count;
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) take(at.value);
    else if (event.key === 'Escape') typed.value = null;
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const close = (): void => {
    typed.value = null;
  };
  return { id, offers, at, take, input, key, close };
};
