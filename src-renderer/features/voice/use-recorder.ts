import { onBeforeUnmount, ref, type Ref } from 'vue';
import type { Recording } from '../../stores/recordings';
import { loudness } from './levels';
import { oggOfOpus } from './ogg';
import { opusOfWebm } from './webm';

/** Why there is no recording, each with words of its own. */
export type VoiceFault = 'none' | 'refused' | 'busy' | 'failed' | 'empty';

/**
 * A voice message while it is being recorded:
 *
 *   idle ──start──▶ starting ──microphone──▶ recording ──finish, left──▶ ending ──▶ idle, with an Ogg file
 *     ▲                │ none, refused, left     │ cancel
 *     └────────────────┴─────────────────────────┘
 */
export interface Recorder {
  readonly state: Ref<'idle' | 'starting' | 'recording' | 'ending'>;
  readonly seconds: Ref<number>;
  /** It is as long as it can be. */
  readonly full: Ref<boolean>;
  /** How loud it was lately, from 0 to 1. */
  readonly bars: Ref<readonly number[]>;
  readonly start: () => Promise<VoiceFault | null>;
  readonly finish: () => Promise<Recording | VoiceFault>;
  readonly cancel: () => void;
}

const TYPE = 'audio/webm;codecs=opus';
const BITS = 32_000;
const MOST_SECONDS = 900;
const LOOK_MS = 100;
const BARS = 48;
/** Speech is seldom louder than a quarter of what there could be. */
const GAIN = 4;

interface Session {
  readonly stream: MediaStream;
  readonly recorder: MediaRecorder;
  readonly pieces: Blob[];
  readonly sound: AudioContext;
  readonly timer: ReturnType<typeof setInterval>;
}

const faultOf = (error: unknown): VoiceFault => {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotFoundError') return 'none';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'failed';
};

/** The sign of the system that somebody listens goes with them. */
const hush = (stream: MediaStream): void => {
  for (const track of stream.getTracks()) track.stop();
};

/** @param onLeft is given what had been said when the conversation was left */
export const useRecorder = (onLeft: (made: Recording) => void): Recorder => {
  const state: Recorder['state'] = ref('idle');
  const seconds = ref(0);
  const full = ref(false);
  const quiet = Array<number>(BARS).fill(0);
  const bars = ref<readonly number[]>(quiet);
  let session: Session | null = null;
  /** Counts the starts: one that was called off meanwhile ends by itself. */
  let turn = 0;

  const release = ({ stream, recorder, sound, timer }: Session): void => {
    clearInterval(timer);
    recorder.ondataavailable = null;
    if (recorder.state !== 'inactive') recorder.stop();
    hush(stream);
    void sound.close();
  };
  const reset = (): void => {
    turn += 1;
    if (session) release(session);
    session = null;
    state.value = 'idle';
  };

  const listen = (stream: MediaStream): Session => {
    const recorder = new MediaRecorder(stream, { mimeType: TYPE, audioBitsPerSecond: BITS });
    const pieces: Blob[] = [];
    recorder.ondataavailable = ({ data }) => void pieces.push(data);
    const sound = new AudioContext();
    const analyser = new AnalyserNode(sound, { fftSize: 2_048 });
    sound.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const began = performance.now();
    const timer = setInterval(() => {
      if (full.value) return;
      seconds.value = (performance.now() - began) / 1_000;
      analyser.getFloatTimeDomainData(samples);
      bars.value = [...bars.value.slice(1), Math.min(1, loudness(samples) * GAIN)];
      if (seconds.value < MOST_SECONDS) return;
      full.value = true;
      recorder.pause();
    }, LOOK_MS);
    recorder.start(1_000);
    return { stream, recorder, pieces, sound, timer };
  };

  const finish: Recorder['finish'] = async () => {
    const now = session;
    if (!now || state.value !== 'recording') return 'failed';
    state.value = 'ending';
    // It ends by itself where the microphone is taken away; what was said until then goes all the same.
    if (now.recorder.state !== 'inactive') {
      const stopped = new Promise((resolve) =>
        now.recorder.addEventListener('stop', resolve, { once: true }),
      );
      now.recorder.stop();
      await stopped;
    }
    reset();
    const stream = opusOfWebm(new Uint8Array(await new Blob(now.pieces).arrayBuffer()));
    const [serial = 0] = crypto.getRandomValues(new Uint32Array(1));
    const bytes = stream && oggOfOpus(stream, serial);
    return bytes ? { bytes, seconds: seconds.value, bars: bars.value } : 'empty';
  };
  onBeforeUnmount(async () => {
    if (state.value === 'starting') reset();
    if (state.value !== 'recording') return;
    const made = await finish();
    if (typeof made !== 'string') onLeft(made);
  });
  return {
    state,
    seconds,
    full,
    bars,
    async start() {
      if (state.value !== 'idle') return null;
      const mine = ++turn;
      state.value = 'starting';
      [seconds.value, full.value, bars.value] = [0, false, quiet];
      let stream: MediaStream | null = null;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 }, video: false });
        if (mine !== turn) {
          hush(stream);
          return null;
        }
        session = listen(stream);
        state.value = 'recording';
        return null;
      } catch (error) {
        // Nobody listens on where nothing can be recorded.
        if (stream) hush(stream);
        if (mine === turn) reset();
        return faultOf(error);
      }
    },
    finish,
    cancel: reset,
  };
};
