import type { Outcome } from '../../../src-shared/ipc/errors';
import { useApp } from '../../stores/app';
import { useBlocked } from '../../stores/blocked';
import { useI18n } from '../../stores/i18n';
import { useRoster } from '../../stores/roster';
import { useUi, type Placed } from '../../stores/ui';
import { dissolved, regroup, type Regrouped } from './move';
import { noGroup, separator } from './tree';

/** So many wait for the server at once. */
const atOnce = 20;

/** What is done to several contacts, or to a group, as one act: what fails is told once. */
export const useActs = (): {
  /** How many a move to this group would change. */
  readonly moves: (placed: readonly Placed[], to: string, copy: boolean) => number;
  readonly move: (placed: readonly Placed[], to: string, copy: boolean) => Promise<void>;
  readonly remove: (jids: readonly string[]) => Promise<void>;
  readonly block: (jids: readonly string[]) => Promise<void>;
  /** Whether it is called so now; also of a group. */
  readonly rename: (jid: string, name: string) => Promise<boolean>;
  readonly renameGroup: (path: string, to: string) => Promise<boolean>;
  /** Its contacts stay, in their other groups or in none. */
  readonly removeGroup: (path: string) => Promise<void>;
} => {
  const app = useApp();
  const roster = useRoster();
  const blocked = useBlocked();
  const ui = useUi();
  const { t, say, gap } = useI18n();

  const each = async <T>(items: readonly T[], act: (item: T) => Promise<Outcome<null>>): Promise<boolean> => {
    const answers: Outcome<null>[] = [];
    for (let from = 0; from < items.length; from += atOnce)
      answers.push(...(await Promise.all(items.slice(from, from + atOnce).map(act))));
    const failed = answers.flatMap((answer) => (answer.ok ? [] : [answer.error]));
    const [first] = failed;
    if (!first) return true;
    ui.sayWords(() =>
      items.length === 1
        ? say(first)
        : t('roster.some-failed', { count: failed.length, total: items.length }) + gap.value + say(first),
    );
    return false;
  };
  /** What was closed stays closed under its new name. */
  const keepClosed = (from: string, to: string): void => {
    const closed = app.settings.collapsedGroups.map((path) =>
      path === from ? to : path.startsWith(from + separator) ? to + path.slice(from.length) : path,
    );
    if (closed.some((path, at) => path !== app.settings.collapsedGroups[at]))
      void app.change({ collapsedGroups: [...new Set(closed)] });
  };

  const regroupAll = (changes: readonly Regrouped[]): Promise<boolean> =>
    each(changes, ({ contact, groups }) => roster.update(contact.jid, contact.name, groups));

  return {
    moves: (placed, to, copy) => regroup(placed, roster.contact, to, copy).length,
    move: async (placed, to, copy) => {
      await regroupAll(regroup(placed, roster.contact, to, copy));
    },
    remove: async (jids) => {
      await each(jids, roster.remove);
    },
    block: async (jids) => {
      if (await each(jids, blocked.add)) ui.confirm('roster.blocked-many', { count: jids.length });
    },
    rename: (jid, name) =>
      each([jid], () => roster.update(jid, name || null, roster.contact(jid)?.groups ?? [])),
    renameGroup: async (path, to) => {
      if (to === path || to === '' || path === noGroup) return true;
      const done = await each([path], () => roster.renameGroup(path, to));
      if (done) keepClosed(path, to);
      return done;
    },
    removeGroup: async (path) => {
      await regroupAll(dissolved(roster.contacts.values(), path));
    },
  };
};
