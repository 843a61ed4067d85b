import { onBeforeUnmount, onMounted, shallowRef, type ShallowRef } from 'vue';
import { useApp } from '../../stores/app';
import { useRooms } from '../../stores/rooms';
import { useSession } from '../../stores/session';
import { useUi } from '../../stores/ui';
import { isShortcut } from '../shell/shortcut-list';

/** Whoever points somewhere for so long wants to know; whoever passes by does not. */
const openAfterMs = 600;
/** Time to go from the row to the card. */
const closeAfterMs = 250;

export interface Pointed {
  readonly jid: string;
  readonly element: HTMLElement;
  /** By keyboard: then the card takes the focus. */
  readonly keyed: boolean;
}
export interface Hover {
  readonly pointed: Readonly<ShallowRef<Pointed | null>>;
  readonly close: () => void;
  /** The pointer has left the card, perhaps for another window. */
  readonly leave: () => void;
}

const personAt = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-person]') : null;

const cardAt = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('.pop.person') : null;

/** The person of the row that has the focus: lists keep it themselves and name their row (aria-activedescendant). */
const personInFocus = (): HTMLElement | null => {
  const { activeElement } = document;
  const row = document.getElementById(activeElement?.getAttribute('aria-activedescendant') ?? '');
  return personAt(row ?? activeElement) ?? activeElement?.querySelector<HTMLElement>('[data-person]') ?? null;
};

/**
 * Who is pointed at, of all elements that say whom they show (`data-person`): one listener for the window, so that a row costs
 * nothing. Scrolling, pressing and typing end it.
 */
export const useHover = (): Hover => {
  const app = useApp();
  const ui = useUi();
  const rooms = useRooms();
  const session = useSession();
  const pointed = shallowRef<Pointed | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Where the pointer is; after a press there nothing more is told until it has been elsewhere. */
  let over: HTMLElement | null = null;
  let pressed: HTMLElement | null = null;

  const show = (element: HTMLElement, keyed: boolean): void => {
    clearTimeout(timer);
    const jid = element.dataset['person'];
    // Of rooms, of those who are in one, and of oneself there is a page, not a card.
    if (jid && jid !== session.jid && !rooms.roomOf(jid) && element.checkVisibility())
      pointed.value = { jid, element, keyed };
  };
  const close = (): void => {
    clearTimeout(timer);
    pointed.value = null;
  };
  const later = (ms: number, run: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(run, ms);
  };
  const isBusy = (): boolean =>
    ui.dialog !== null || ui.over !== null || document.querySelector('.menu') !== null;

  const onMove = (event: PointerEvent): void => {
    // What moved under a pointer that rests was not pointed at.
    if (
      event.pointerType === 'touch' ||
      event.buttons !== 0 ||
      (event.movementX === 0 && event.movementY === 0)
    )
      return;
    const card = cardAt(event.target);
    const element = card ?? personAt(event.target);
    if (element === over) return;
    over = element;
    if (pressed !== element) pressed = null;
    if (pointed.value?.keyed) return;
    // On the card: it stays.
    if (card) clearTimeout(timer);
    else if (element && element !== pressed)
      later(openAfterMs, () => {
        if (!isBusy()) show(element, false);
      });
    else if (pointed.value) later(closeAfterMs, close);
    else clearTimeout(timer);
  };
  const onPress = (event: Event): void => {
    if (cardAt(event.target)) return;
    pressed = over;
    close();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (isShortcut(event, 'card', app.platform)) {
      const element = personInFocus();
      if (!element || isBusy()) return;
      event.preventDefault();
      show(element, true);
    } else if (!pointed.value?.keyed) close();
  };
  const onScroll = (event: Event): void => {
    if (cardAt(event.target)) return;
    close();
  };
  onMounted(() => {
    document.addEventListener('pointermove', onMove, { passive: true });
    document.addEventListener('pointerdown', onPress, true);
    document.addEventListener('dragstart', onPress, true);
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('scroll', onScroll, { capture: true, passive: true });
  });
  onBeforeUnmount(() => {
    clearTimeout(timer);
    document.removeEventListener('pointermove', onMove);
    document.removeEventListener('pointerdown', onPress, true);
    document.removeEventListener('dragstart', onPress, true);
    document.removeEventListener('keydown', onKey, true);
    document.removeEventListener('scroll', onScroll, true);
  });
  return {
    pointed,
    close,
    leave: () => {
      if (!pointed.value?.keyed) later(closeAfterMs, close);
    },
  };
};
