import { computed, ref, shallowRef, useId, watch, type Ref } from 'vue';
import { useI18n } from '../../stores/i18n';
import { useMessages } from '../../stores/messages';
import { useRooms } from '../../stores/rooms';
import { putInField } from '../conversation/field-edit';
import { createNickOrder } from './nick-order';
import { mentionAt, nickOffers, nickText, wordAt, type NickPart } from './nick-offers';

/** Who is in the room is asked again after this time. */
const freshMs = 10_000;

/**
 * Nicks in a room's composer: `@` opens a list of those that fit; Tab completes the word before the caret, and again Tab takes the
 * next one that fits, Shift+Tab the one before.
 */
export const useNicks = (peer: string, area: Readonly<Ref<HTMLTextAreaElement | null>>) => {
  const rooms = useRooms();
  const messages = useMessages();
  const { locale } = useI18n();
  const id = useId();
  const nicks = shallowRef<readonly string[]>([]);
  const part = shallowRef<NickPart | null>(null);
  const at = ref(0);
  const offers = computed(() => (part.value === null ? [] : nickOffers(nicks.value, part.value.typed)));
  let asked = -Infinity;

  let order = createNickOrder(locale.value);
  watch(locale, (now) => {
    order = createNickOrder(now);
  });

  /** Those who spoke last come first, then by name. */
  const inOrder = (): readonly string[] => {
    const byName = order.nicks.map(({ name }) => name);
    const there = new Set(byName);
    const said = messages.page(peer).messages.flatMap(({ nick }) => nick ?? []);
    const spoke = new Set(said.reverse().filter((nick) => there.has(nick)));
    return [...spoke, ...byName.filter((nick) => !spoke.has(nick))];
  };
  const refresh = async (): Promise<void> => {
    if (!rooms.has(peer) || performance.now() - asked < freshMs) return;
    asked = performance.now();
    const people = await rooms.peopleIn(peer);
    const own = rooms.room(peer)?.nick;
    const there = new Set(people.map(({ nick }) => nick).filter((nick) => nick !== own));
    // Thousands are put in order bit by bit, and whoever types is not held up.
    for (let all = false; !all;) {
      all = order.follow(there);
      nicks.value = inOrder();
      if (!all) await new Promise((next) => setTimeout(next));
    }
  };

  /** What Tab has put there, and what else fits. */
  let turn: {
    readonly part: NickPart;
    readonly found: readonly string[];
    readonly index: number;
    readonly text: string;
  } | null = null;
  let writing = false;
  const put = (of: NickPart, to: number, nick: string): string => {
    const field = area.value;
    const text = nickText(nick, of);
    if (!field) return text;
    const end = of.from + text.length;
    part.value = null;
    writing = true;
    putInField(field, { from: of.from, to, text, start: end, end });
    writing = false;
    return text;
  };
  const endOf = ({ from, typed }: NickPart): number => from + 1 + typed.length;
  const take = (index: number): void => {
    const nick = offers.value[index];
    if (nick !== undefined && part.value) put(part.value, endOf(part.value), nick);
  };
  const input = (event: Event): void => {
    if (writing || !rooms.has(peer)) return;
    turn = null;
    void refresh();
    const field = area.value;
    if (!field || (event instanceof InputEvent && event.isComposing)) return;
    part.value = mentionAt(field.value, field.selectionStart);
    at.value = 0;
  };
  /** @returns whether there was something to complete */
  const complete = (back: boolean): boolean => {
    const field = area.value;
    if (!field || field.selectionStart !== field.selectionEnd) return false;
    const caret = field.selectionStart;
    if (turn && field.value.slice(turn.part.from, caret) === turn.text) {
      const { part: of, found, index } = turn;
      if (found.length === 1) {
        // There is no other: Tab goes on to the next field.
        turn = null;
        return false;
      }
      const next = (index + (back ? found.length - 1 : 1)) % found.length;
      turn = { part: of, found, index: next, text: put(of, caret, found[next] ?? '') };
      return true;
    }
    const word = back ? null : wordAt(field.value, caret);
    const found = word ? nickOffers(nicks.value, word.typed, Infinity) : [];
    if (!word || found[0] === undefined) return false;
    turn = { part: word, found, index: 0, text: put(word, caret, found[0]) };
    return true;
  };
  /** @returns whether the key was for it */
  const key = (event: KeyboardEvent): boolean => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    // The caret has gone elsewhere: the list is about what was typed there.
    if (part.value && area.value?.selectionStart !== endOf(part.value)) part.value = null;
    const count = offers.value.length;
    const open = count > 0;
    if (open && event.key === 'ArrowDown') at.value = (at.value + 1) % count;
    else if (open && event.key === 'ArrowUp') at.value = (at.value + count - 1) % count;
    else if (open && (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) take(at.value);
    else if (open && event.key === 'Escape') part.value = null;
    else if (event.key !== 'Tab' || !rooms.has(peer) || !complete(event.shiftKey)) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const close = (): void => {
    part.value = null;
  };
  return { id, offers, at, take, input, key, close };
};
