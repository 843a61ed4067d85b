import { channelsOf, SAMPLES_A_SECOND, streamSeconds, type OpusStream } from './opus';
import { opusOfOgg } from './ogg';

/** What is longer has no picture. */
const MOST_SECONDS = 900;
/** So many packets are with the decoder at a time. */
const MOST_WAITING = 64;
const MICROSECONDS = 1_000_000;

/** How loud the samples are together, from 0 to 1. */
export const loudness = (samples: Float32Array): number => {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.min(1, Math.sqrt(sum / samples.length));
};

/** As many bars as there is room for; the loudest is 1, and silence is silent. */
export const barsOf = (levels: readonly number[], count: number): readonly number[] => {
  const bars = Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * levels.length) / count);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * levels.length) / count));
    return Math.max(0, ...levels.slice(from, to));
  });
  const loudest = Math.max(...bars, 0.01);
  return bars.map((level) => level / loudest);
};

const decode = async ({ head, packets }: OpusStream): Promise<readonly number[] | null> => {
  const levels: number[] = [];
  /** Of whoever waits for room with the decoder: one that has failed makes none. */
  let goOn = (): void => undefined;
  const decoder = new AudioDecoder({
    output: (data) => {
      const samples = new Float32Array(data.numberOfFrames);
      data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
      data.close();
      levels.push(loudness(samples));
    },
    error: () => {
      goOn();
    },
  });
  const isOpen = (): boolean => decoder.state === 'configured';
  try {
    decoder.configure({
      codec: 'opus',
      sampleRate: SAMPLES_A_SECOND,
      numberOfChannels: channelsOf(head) ?? 1,
    });
    let at = 0;
    for (const data of packets) {
      if (!isOpen()) return null;
      decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: at, data: new Uint8Array(data) }));
      at += MICROSECONDS / 50;
      if (decoder.decodeQueueSize > MOST_WAITING)
        await new Promise<void>((resolve) => {
          goOn = resolve;
          decoder.addEventListener('dequeue', goOn, { once: true });
        });
    }
    await decoder.flush();
    return levels;
  } catch {
    // What it cannot decode has no picture; it may play all the same.
    return null;
  } finally {
    if (isOpen()) decoder.close();
  }
};

/** How loud a voice message is from its start to its end; null: nobody can tell. Never more than a piece of it is decoded at a time. */
export const levelsOf = async (bytes: Uint8Array): Promise<readonly number[] | null> => {
  const stream = opusOfOgg(bytes);
  const seconds = stream && streamSeconds(stream);
  return stream && seconds !== null && seconds <= MOST_SECONDS ? decode(stream) : null;
};
