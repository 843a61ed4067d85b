import buzz from '../../../assets/sounds/buzz.wav';
import elsewhere from '../../../assets/sounds/elsewhere.wav';
import error from '../../../assets/sounds/error.wav';
import message from '../../../assets/sounds/message.wav';
import offline from '../../../assets/sounds/offline.wav';
import online from '../../../assets/sounds/online.wav';
import sent from '../../../assets/sounds/sent.wav';
import type { Settings } from '../../../src-shared/model/settings';
import type { SoundEvent } from '../../../src-shared/model/sounds';

const ours: Readonly<Record<SoundEvent, string>> = { message, elsewhere, sent, online, offline, error, buzz };
/** Held, so that none is collected as garbage before it has ended. */
const playing = new Set<HTMLAudioElement>();

const start = async (url: string, volume: number): Promise<void> => {
  const audio = new Audio(url);
  audio.volume = volume;
  playing.add(audio);
  for (const end of ['ended', 'error'] as const) audio.addEventListener(end, () => playing.delete(audio));
  try {
    await audio.play();
  } catch (error) {
    // What never began tells of no end.
    playing.delete(audio);
    throw error;
  }
};

/** Plays what stands for an event: the user's own file, and where that is gone, or no sound, the app's. */
export const playSound = async (
  event: SoundEvent,
  { soundRules, soundVolume }: Pick<Settings, 'soundRules' | 'soundVolume'>,
): Promise<void> => {
  const { own } = soundRules[event];
  const volume = soundVolume / 100;
  try {
    await start(own === null ? ours[event] : `/own-sounds/${own.file}`, volume);
  } catch {
    // A computer without anything to hear with is no failure of the app's.
    if (own !== null) await start(ours[event], volume).catch(() => undefined);
  }
};
