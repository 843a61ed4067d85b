import * as v from 'valibot';
import type { Store } from '../../store/store';

const SETTING = 'bookmarks';
const shape = v.object({
  seen: v.record(v.string(), v.boolean()),
  older: v.record(v.string(), v.boolean()),
  unsaved: v.record(v.string(), v.picklist(['put', 'put-password', 'remove'])),
});
export type Unsaved = v.InferOutput<typeof shape>['unsaved'][string];

/** What this computer remembers of bookmarks, each by its room. */
export interface KeptBookmarks {
  /** Whether it was to be joined, when it was seen last: tells what was changed while we were away. */
  readonly seen: Map<string, boolean>;
  /** The same of what older clients have. */
  readonly seenOlder: Map<string, boolean>;
  /** Changed here, and not known to be at the server. */
  readonly unsaved: Map<string, Unsaved>;
}

export const nothingKept = (): KeptBookmarks => ({
  seen: new Map(),
  seenOlder: new Map(),
  unsaved: new Map(),
});

/** Nothing where nothing is kept, or nothing that can be read. */
export const readKept = async (store: Pick<Store, 'setting'>): Promise<KeptBookmarks> => {
  const text = await store.setting(SETTING);
  const read = v.safeParse(shape, text === null ? null : JSON.parse(text));
  if (!read.success) return nothingKept();
  const { seen, older, unsaved } = read.output;
  return {
    seen: new Map(Object.entries(seen)),
    seenOlder: new Map(Object.entries(older)),
    unsaved: new Map(Object.entries(unsaved)),
  };
};

export const writeKept = (
  store: Pick<Store, 'putSetting'>,
  { seen, seenOlder, unsaved }: KeptBookmarks,
): Promise<void> =>
  store.putSetting(
    SETTING,
    JSON.stringify({
      seen: Object.fromEntries(seen),
      older: Object.fromEntries(seenOlder),
      unsaved: Object.fromEntries(unsaved),
    }),
  );
