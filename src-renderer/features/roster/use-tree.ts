import { onBeforeUnmount, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { useApp } from '../../stores/app';
import { useI18n } from '../../stores/i18n';
import { useRoster } from '../../stores/roster';
import { createNameOrder, type Named } from './names';
import { wordsOf } from '../../components/fold';
import { buildTree, findContacts, type TreeRow } from './tree';

/** From this many contacts on, their changes are drawn a few times a second only: at sign-in they come by the thousand. */
const manyContacts = 500;
const calmMs = 200;
/** And on a slow computer so seldom that drawing them takes a small part of its time. */
const restShare = 5;

export interface Tree {
  readonly rows: ShallowRef<readonly TreeRow[]>;
  readonly online: ShallowRef<number>;
  readonly total: ShallowRef<number>;
  /** The rows are those of the contacts; not yet, while the names of thousands are being made ready. */
  readonly ready: ShallowRef<boolean>;
}

/** The rows of the contact list (or of what the query finds), kept up to date while it is shown. */
export const useTree = (query: Readonly<Ref<string>>, isShown: () => boolean): Tree => {
  const app = useApp();
  const roster = useRoster();
  const { t } = useI18n();
  const rows = shallowRef<readonly TreeRow[]>([]);
  const online = shallowRef(0);
  const total = shallowRef(0);
  const ready = shallowRef(false);
  let order = createNameOrder(app.locale);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let took = 0;
  let warming: ReturnType<typeof setTimeout> | undefined;

  /** So that the first search has little to wait for, and nothing has to wait for this. */
  const warm = (): void => {
    warming = order.warm() ? undefined : setTimeout(warm);
  };
  /** The contacts by name, once for each change of them: a key in the search field is none. Null: not yet. */
  let list: { readonly of: typeof order; readonly version: number; readonly named: readonly Named[] } | null =
    null;
  const listed = (): readonly Named[] | null => {
    const { contacts, version } = roster;
    if (list?.of === order && list.version === version) return list.named;
    const named = contacts.size >= manyContacts ? order.ready(contacts) : order.list(contacts);
    if (named !== null) list = { of: order, version, named };
    return named;
  };
  /** What is to be shown; null: not yet, some of it is being made ready. */
  const build = (): { readonly named: readonly Named[]; readonly next: readonly TreeRow[] } | null => {
    const named = listed();
    if (named === null) return null;
    const words = wordsOf(query.value);
    if (words.length > 0) return { named, next: findContacts(named, words) };
    const options = {
      collapsed: new Set(app.settings.collapsedGroups),
      showOffline: app.settings.showOffline,
      showEmpty: app.settings.showEmptyGroups,
      byName: app.settings.contactOrder === 'name',
      looseName: t('roster.no-group'),
      locale: app.locale,
    };
    return { named, next: buildTree(named, options, rows.value) };
  };
  const put = ({ named, next }: NonNullable<ReturnType<typeof build>>): void => {
    rows.value = next;
    let here = 0;
    for (const { contact } of named) if (contact.presence.kind !== 'offline') here += 1;
    online.value = here;
    total.value = named.length;
    ready.value = true;
    warming ??= setTimeout(warm);
  };
  const prepare = (): void => {
    order.prepare(roster.contacts);
    timer = setTimeout(draw);
    ready.value = rows.value.length > 0;
  };
  const draw = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const built = build();
    if (built) put(built);
    else prepare();
  };
  /** Nobody waits for it: it is built in one task, and drawn in another. */
  const drawAtLeisure = (): void => {
    const began = performance.now();
    const built = build();
    took = performance.now() - began;
    if (!built) {
      prepare();
      return;
    }
    const { version } = roster;
    timer = setTimeout(() => {
      timer = undefined;
      put(built);
      if (version !== roster.version) drawSoon();
    });
  };
  const drawSoon = (): void => {
    timer ??= setTimeout(drawAtLeisure, Math.max(calmMs, took * restShare));
  };

  /** Something has changed while nobody saw it. */
  let late = false;
  const ifShown = (act: () => void) => (): void => {
    if (isShown()) act();
    else late = true;
  };
  watch(isShown, (shown) => {
    if (!shown || !late) return;
    late = false;
    // What was there is shown again at once, and what is new of thousands in a task of its own.
    if (roster.contacts.size < manyContacts) draw();
    else timer ??= setTimeout(drawAtLeisure);
  });

  watch(
    () => app.locale,
    (locale) => {
      order = createNameOrder(locale);
      ifShown(draw)();
    },
  );
  watch(
    () => {
      const { collapsedGroups, showOffline, showEmptyGroups, contactOrder } = app.settings;
      return [collapsedGroups, showOffline, showEmptyGroups, contactOrder, query.value];
    },
    ifShown(draw),
    { immediate: true },
  );
  watch(
    () => roster.version,
    ifShown(() => {
      if (roster.contacts.size < manyContacts || total.value === 0) draw();
      else drawSoon();
    }),
  );
  onBeforeUnmount(() => {
    clearTimeout(timer);
    clearTimeout(warming);
  });
  return { rows, online, total, ready };
};
