/** Small sounds, drawn by code: stone on stone, dry and soft, never as long as half a second. */
export const RATE = 22_050;

/** One stone that is struck. */
export interface Strike {
  /** Seconds from the beginning. */
  readonly at: number;
  /** Hertz of the lowest partial. */
  readonly pitch: number;
  /** How long it rings: seconds until it has a third of its strength. */
  readonly ring: number;
  /** 0 … 1 */
  readonly strength: number;
}

/** What a small bar of stone sounds like: partials that are no whole multiples, the higher the shorter. */
const PARTIALS = [
  { ratio: 1, level: 1 },
  { ratio: 2.76, level: 0.34 },
  { ratio: 5.4, level: 0.12 },
] as const;
/** The touch itself: a breath of noise before anything rings. */
const TOUCH_S = 0.004;
const ATTACK_S = 0.0015;
const TAIL_S = 0.012;
/** Full scale would be 1: these are to be heard, not noticed. */
const PEAK = 0.4;

/** The same noise in every run: a linear congruential generator (Numerical Recipes). */
const noise = (): (() => number) => {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
};

const strike = (out: Float64Array, { at, pitch, ring, strength }: Strike, hiss: () => number): void => {
  let low = 0;
  for (let index = Math.round(at * RATE); index < out.length; index++) {
    const t = index / RATE - at;
    // A one-pole filter takes the edge off the noise.
    low += 0.25 * (hiss() - low);
    const touch = low * Math.exp(-t / TOUCH_S) * 0.5;
    const tone = PARTIALS.reduce(
      (sum, { ratio, level }) =>
        sum + level * Math.exp((-t * Math.sqrt(ratio)) / ring) * Math.sin(2 * Math.PI * pitch * ratio * t),
      0,
    );
    out[index] = (out[index] ?? 0) + strength * Math.min(1, t / ATTACK_S) * (touch + tone);
  }
};

/** Samples from -1 to 1; `seconds` long, silent at both ends. */
export const draw = (seconds: number, strikes: readonly Strike[]): Float64Array => {
  const out = new Float64Array(Math.round(seconds * RATE));
  const hiss = noise();
  for (const one of strikes) strike(out, one, hiss);
  const loudest = out.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const loud = Math.max(...strikes.map(({ strength }) => strength));
  const tail = TAIL_S * RATE;
  return out.map(
    (sample, index) => (sample / loudest) * PEAK * loud * Math.min(1, (out.length - 1 - index) / tail),
  );
};

/** RIFF, PCM, 16 bits, one channel. */
export const wav = (samples: Float64Array): Buffer => {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + samples.length * 2, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt32LE(RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, index) => bytes.writeInt16LE(Math.round(sample * 32_767), 44 + index * 2));
  return bytes;
};
