import { failed, ok, type Outcome } from '../../src-shared/ipc/errors';
import type { Settings } from '../../src-shared/model/settings';
import { MAX_SOUND_BYTES, type OwnSound, type SoundEvent } from '../../src-shared/model/sounds';
import type { Ports } from '../ports';
import type { Attention } from './attention';
import type { Hub } from './hub';
import type { SettingsService } from './settings';
import { soundType } from './sound-type';

/** What is heard and when. The window plays; without one the desktop makes the sounds of its notifications. */
export interface Sounds {
  /** Plays, unless nothing is to be heard now, or the same has just been. */
  play(event: SoundEvent): void;
  /** Whether a notification is to bring the desktop's own sound: it would be heard, and there is no window to play ours. */
  leavesToDesktop(event: SoundEvent): boolean;
  /** Lets the user choose a file for an event; null: they changed their mind. */
  choose(event: SoundEvent): Promise<Outcome<Settings | null>>;
  /** Back to the app's own. */
  reset(event: SoundEvent): Promise<Outcome<Settings>>;
}

/** Ten messages at once are one sound; a line that comes and goes is not told of each time. */
const REST_MS: Readonly<Record<SoundEvent, number>> = {
  message: 1_000,
  elsewhere: 1_000,
  sent: 200,
  online: 3_000,
  offline: 3_000,
  error: 30_000,
  buzz: 1_000,
};

export const createSounds = (
  settings: Pick<SettingsService, 'get' | 'set'>,
  attention: Pick<Attention, 'audible'>,
  hub: Hub,
  ports: Pick<Ports, 'clock' | 'random' | 'sounds'>,
  /** Whether a window's page is there. */
  hasWindow: () => boolean,
): Sounds => {
  const last = new Map<SoundEvent, number>();
  const isOn = (event: SoundEvent): boolean => {
    const { sounds, soundRules } = settings.get();
    return sounds && soundRules[event].on && attention.audible();
  };
  const put = async (event: SoundEvent, own: OwnSound | null): Promise<Settings> => {
    const { soundRules } = settings.get();
    const before = soundRules[event];
    const next = await settings.set({
      soundRules: { ...soundRules, [event]: { on: before.on || own !== null, own } },
    });
    if (before.own !== null) await ports.sounds.remove(before.own.file);
    return next;
  };
  return {
    play(event) {
      const now = ports.clock.monotonic();
      if (!isOn(event) || now - (last.get(event) ?? -Infinity) < REST_MS[event]) return;
      last.set(event, now);
      hub.emit({ topic: 'app', type: 'sound', sound: event });
    },
    leavesToDesktop: (event) => !hasWindow() && isOn(event),
    async choose(event) {
      const chosen = await ports.sounds.choose(MAX_SOUND_BYTES).catch(() => undefined);
      if (chosen === null) return ok(null);
      if (chosen === undefined) return failed('bad-sound');
      if (chosen.bytes === null) return failed('sound-too-large');
      const type = soundType(chosen.bytes);
      if (type === null) return failed('bad-sound');
      const file = `${event}-${ports.random.id()}.${type}`;
      await ports.sounds.keep(file, chosen.bytes);
      return ok(await put(event, { name: chosen.name.slice(0, 200), file }));
    },
    reset: async (event) => ok(await put(event, null)),
  };
};
