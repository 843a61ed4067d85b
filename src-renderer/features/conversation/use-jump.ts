import { nextTick, onScopeDispose, ref, watch, type Ref } from 'vue';
import { useMessages } from '../../stores/messages';
import { useUi } from '../../stores/ui';

const shownForMs = 2500;

/** Follows the wish to see one message: loads what stands round it, brings it to the middle and marks it for a moment. */
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
      const there = await messages.jump(target.peer, target.id);
      if (ui.target !== target) return;
      ui.reached = target;
      if (!there) {
        ui.say('error.no-message');
        return;
      }
      await nextTick();
      if (placed()) toRow(`m${String(target.id)}`);
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
