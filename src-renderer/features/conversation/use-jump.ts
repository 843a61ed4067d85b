import { nextTick, onScopeDispose, ref, watch, type Ref } from 'vue';
import { isCovered, isKeyed } from '../../components/focus-home';
import { useMessages } from '../../stores/messages';
import { useUi } from '../../stores/ui';

const shownForMs = 2500;
/** The row is drawn, and what it was chosen in has gone, within this many frames. */
const focusFrames = 60;

/** The message takes the keyboard, so that it is read, and the arrows go on from it. */
const focusOn = (id: number, wanted: () => boolean, frames = focusFrames): void => {
  const article = document.querySelector<HTMLElement>(`[data-message="${String(id)}"]`);
  if (!wanted() || frames === 0) return;
  if (article && !isCovered()) article.focus({ preventScroll: true });
  else requestAnimationFrame(() => focusOn(id, wanted, frames - 1));
};

/** Follows the wish to see one message: loads what stands round it, brings it to the middle, marks it for a moment. */
export const useJump = (
  peer: () => string,
  placed: () => boolean,
  toRow: (key: string) => void,
  wish: Ref<number | null>,
): { readonly hit: Readonly<Ref<number | null>> } => {
  const messages = useMessages();
  const ui = useUi();
  const hit = ref<number | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(timer));

  watch(
    () => ui.target,
    async (target) => {
      if (target?.peer !== peer() || target === ui.reached) return;
      wish.value = target.id;
      const byKey = isKeyed();
      const there = await messages.jump(target.peer, target.id);
      if (ui.target !== target) return;
      ui.reached = target;
      if (!there) {
        ui.say('error.no-message');
        return;
      }
      await nextTick();
      if (placed()) toRow(`m${String(target.id)}`);
      if (byKey) focusOn(target.id, () => ui.target === target);
      hit.value = target.id;
      clearTimeout(timer);
      timer = setTimeout(() => {
        hit.value = null;
      }, shownForMs);
    },
    { immediate: true },
  );
  return { hit };
};
