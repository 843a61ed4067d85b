import * as v from 'valibot';
import { presenceKinds, type ShownPresence } from '../../src-shared/model/presence';
import type { Timer } from '../ports';
import type { CachedPresence } from '../store/store';
import type { Link, Resumption } from '../xmpp/link';
import type { SessionContext } from './context';

/**
 * What it takes to go on with a session on another stream, in this run of the app or (after a crash, a kill, an update) in the
 * next (XEP-0198 §5). On disk it is never ahead of what was committed, and the server is told no count that is not there: some refuse
 * to go on from a lower one than they were told.
 *
 *   none ──fresh stream──▶ kept ──line lost──▶ kept ──resumed──▶ kept
 *     ▲                     │ └──refused, signed off, too late──▶ none
 *     └─────────────────────┘
 */
export interface Resume {
  /** What an earlier run has left. */
  load(): Promise<void>;
  /** The session to ask for; null: a new one. */
  current(): Resumption | null;
  /** What contacts see of us in it. */
  announced(): ShownPresence | null;
  /** A stream is up. Gives the presences of an earlier run that belong to the session it goes on with; null: a new session, or ours. */
  opened(link: Link): readonly CachedPresence[] | null;
  /** Contacts see us like this from now on. */
  announce(presence: ShownPresence): void;
  /** Something that counts was committed, or changed. */
  touched(): void;
  /** The line is lost; false: it cannot be resumed. `tooLate` runs when the server has given it up. */
  lost(tooLate: () => void): boolean;
  /** The session is over in good order, or refused. */
  clear(): Promise<void>;
}

const EVERY_MS = 1_000;
/** Of many contacts less often: all their presences are written each time. */
const PER_PRESENCE_MS = 2;
/** XEP-0198 §3: a server that does not say how long it keeps a session. */
const USUAL_SECONDS = 300;

const kept = v.object({
  resumption: v.object({
    id: v.string(),
    version: v.string(),
    jid: v.string(),
    handled: v.number(),
    max: v.nullable(v.number()),
    location: v.nullable(v.string()),
    mechanism: v.string(),
  }),
  announced: v.object({
    kind: v.picklist(presenceKinds),
    status: v.nullable(v.string()),
    priority: v.optional(v.number()),
    idleSince: v.optional(v.number()),
  }),
});

const parse = (text: string): v.InferOutput<typeof kept> | null => {
  try {
    const checked = v.safeParse(kept, JSON.parse(text));
    return checked.success ? checked.output : null;
  } catch {
    return null;
  }
};

export const createResume = (
  context: Pick<SessionContext, 'store' | 'ports'>,
  presences: () => readonly CachedPresence[],
): Resume => {
  const { store, ports } = context;
  let link: Link | null = null;
  let earlier: Resumption | null = null;
  let announced: ShownPresence | null = null;
  let fromDisk: readonly CachedPresence[] | null = null;
  let timer: Timer | null = null;
  let end: Timer | null = null;
  let written = false;
  /** As they are on the disk. */
  let writtenPresences: readonly CachedPresence[] | null = null;
  let saving: Promise<void> = Promise.resolve();

  const stop = (): void => {
    timer?.cancel();
    end?.cancel();
    timer = end = null;
  };
  const current = (): Resumption | null => (link ? link.resumption() : earlier);

  const save = (): Promise<void> => {
    saving = saving
      .then(async () => {
        // Both as of the same moment.
        const resumption = current();
        if (resumption && announced) {
          const session = JSON.stringify({ resumption, announced });
          const now = presences();
          written = true;
          await store.saveSession({ session, presences: now === writtenPresences ? null : now });
          writtenPresences = now;
        } else if (written) {
          await store.saveSession(null);
          written = false;
          writtenPresences = null;
        }
      })
      .catch((error: unknown) => {
        ports.log.warn('session-not-kept', { reason: error instanceof Error ? error.name : 'unknown' });
      });
    return saving;
  };

  store.onRecovered(() => (writtenPresences = null));

  return {
    async load() {
      const found = await store.savedSession();
      written = found !== null;
      const read = found && parse(found.session);
      if (!found || !read) return;
      earlier = read.resumption;
      announced = read.announced;
      fromDisk = found.presences;
    },
    current,
    announced: () => announced,
    opened(opened) {
      stop();
      link = opened;
      opened.beforeCount(save);
      const restored = opened.resumed ? fromDisk : null;
      if (!opened.resumed) announced = null;
      earlier = fromDisk = null;
      return restored;
    },
    announce(presence) {
      announced = presence;
      this.touched();
    },
    touched() {
      if (!link || !announced) return;
      timer ??= ports.clock.after(Math.max(EVERY_MS, presences().length * PER_PRESENCE_MS), () => {
        timer = null;
        void save();
      });
    },
    lost(tooLate) {
      stop();
      earlier = link?.resumption() ?? null;
      link = null;
      if (!earlier) return false;
      // The next stream asks for it with this count, which a life after this one must not go back behind.
      void save();
      end = ports.clock.after((earlier.max ?? USUAL_SECONDS) * 1_000, tooLate);
      return true;
    },
    async clear() {
      stop();
      link = null;
      earlier = announced = fromDisk = null;
      await save();
    },
  };
};
