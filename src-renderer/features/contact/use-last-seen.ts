import { computed, onBeforeUnmount, ref, watch, type ComputedRef } from 'vue';
import { useCards } from '../../stores/cards';
import { useI18n } from '../../stores/i18n';
import { useRoster } from '../../stores/roster';
import { useSession } from '../../stores/session';

const MINUTE_MS = 60_000;

/** When an absent contact was last there, in words; '' while they are there, or nobody says. */
export const useLastSeen = (peer: () => string): ComputedRef<string> => {
  const cards = useCards();
  const roster = useRoster();
  const session = useSession();
  const { t, format } = useI18n();
  const now = ref(Date.now());
  const timer = setInterval(() => {
    now.value = Date.now();
  }, MINUTE_MS);
  onBeforeUnmount(() => {
    clearInterval(timer);
  });
  const away = computed(
    () => session.online && roster.contact(peer()) !== null && roster.presenceOf(peer()).kind === 'offline',
  );
  watch(
    () => [peer(), away.value] as const,
    ([jid, isAway]) => {
      now.value = Date.now();
      if (isAway) void cards.askLastSeen(jid);
    },
    { immediate: true },
  );
  return computed(() => {
    const at = cards.lastSeen.get(peer());
    if (!away.value || at === undefined || at === null) return '';
    return now.value - at < MINUTE_MS
      ? t('contact.last-seen-now')
      : t('contact.last-seen', { when: format.value.ago(at, now.value) });
  });
};
