import { onBeforeUnmount, onMounted, shallowRef, watch, type ShallowRef } from 'vue';

/** Words about an element, shown beside it. */
export interface Tip {
  readonly about: HTMLElement;
  readonly text: string;
  /** A shortcut. */
  readonly keys: string;
  readonly above: boolean;
  /** After a moment of the pointer; else at once. */
  readonly slow: boolean;
}

const slowMs = 500;
/** Who has just read one reads the next one at once. */
const warmMs = 300;
/** The way from the element to its tip, on which the pointer is on neither. */
const wayMs = 100;

/**
 * The one tip of the window: what `data-tip` of the element says under the pointer, after a moment, or at once with keyboard
 * focus. It goes with a press, with Escape, with the pointer or the focus, and with the element; the pointer may go into it.
 * Where Escape gave the focus back, out of a menu say, none comes unasked; what is said anew is shown anew.
 */
export const useTip = (id: string): ShallowRef<Tip | null> => {
  const tip = shallowRef<Tip | null>(null);
  let over: HTMLElement | null = null;
  let pressed = false;
  let escaping = false;
  let closedAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const aboutOf = (target: EventTarget | null): HTMLElement | null => {
    const about = target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null;
    return about?.dataset['tip'] ? about : null;
  };
  const open = (about: HTMLElement, slow: boolean): void => {
    clearTimeout(timer);
    if (!about.checkVisibility()) return;
    const { tip: text = '', tipKeys: keys = '', tipAbove } = about.dataset;
    tip.value = { about, text, keys, above: tipAbove !== undefined, slow };
  };
  const close = (): void => {
    clearTimeout(timer);
    if (tip.value) closedAt = performance.now();
    tip.value = null;
  };

  const pointed = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return;
    const inTip = event.target instanceof Element && event.target.closest('.tip') !== null;
    const about = inTip ? (tip.value?.about ?? null) : aboutOf(event.target);
    if (about === over) return;
    over = about;
    clearTimeout(timer);
    if (about === tip.value?.about) return;
    if (about === null) timer = setTimeout(close, wayMs);
    else if (tip.value || performance.now() - closedAt < warmMs) open(about, false);
    else timer = setTimeout(() => open(about, true), slowMs);
  };
  const left = (): void => {
    over = null;
    close();
  };
  const press = (): void => {
    pressed = true;
    escaping = false;
    close();
  };
  const release = (): void => {
    pressed = false;
  };
  const focused = (event: FocusEvent): void => {
    const about = aboutOf(event.target);
    if (about?.matches(':focus-visible') && !pressed && !escaping) open(about, false);
  };
  const blurred = (event: FocusEvent): void => {
    if (tip.value && tip.value.about === event.target) close();
  };
  const typed = ({ key }: KeyboardEvent): void => {
    escaping = key === 'Escape';
    if (escaping) close();
  };
  const scrolled = ({ target }: Event): void => {
    if (tip.value && target instanceof Node && target.contains(tip.value.about)) close();
  };

  /** Out of sight, or not there any more. */
  const seen = new IntersectionObserver((entries) => {
    if (entries.some(({ target, isIntersecting }) => target === tip.value?.about && !isIntersecting)) close();
  });
  /** In another language, say. */
  const said = new MutationObserver(() => {
    if (tip.value?.about.dataset['tip']) open(tip.value.about, false);
    else close();
  });
  watch(tip, (now, before) => {
    if (now?.about === before?.about) return;
    said.disconnect();
    if (now) said.observe(now.about, { attributeFilter: ['data-tip'] });
    if (before) {
      seen.unobserve(before.about);
      before.about.removeAttribute('aria-describedby');
    }
    if (now) {
      seen.observe(now.about);
      now.about.setAttribute('aria-describedby', id);
    }
  });

  const all = new AbortController();
  onMounted(() => {
    const how = { capture: true, passive: true, signal: all.signal };
    document.addEventListener('pointerover', pointed, how);
    document.documentElement.addEventListener('pointerleave', left, { signal: all.signal });
    document.addEventListener('pointerdown', press, how);
    document.addEventListener('pointerup', release, how);
    document.addEventListener('pointercancel', release, how);
    document.addEventListener('click', close, how);
    document.addEventListener('focusin', focused, how);
    document.addEventListener('focusout', blurred, how);
    document.addEventListener('keydown', typed, how);
    window.addEventListener('resize', close, { signal: all.signal });
    document.addEventListener('scroll', scrolled, how);
  });
  onBeforeUnmount(() => {
    all.abort();
    seen.disconnect();
    said.disconnect();
    clearTimeout(timer);
  });
  return tip;
};
