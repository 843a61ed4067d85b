import { soundEvents, type SoundEvent } from '../../src-shared/model/sounds';
import { draw, wav, type Strike } from './synth';

interface Drawing {
  readonly seconds: number;
  readonly strikes: readonly Strike[];
}

/** Two notes up for what comes in, down for what goes out, one low tap for what went wrong, three quick ones for who calls. */
const drawings: Readonly<Record<SoundEvent, Drawing>> = {
  message: { seconds: 0.16, strikes: [{ at: 0, pitch: 880, ring: 0.03, strength: 0.6 }] },
  elsewhere: {
    seconds: 0.36,
    strikes: [
      { at: 0, pitch: 659.3, ring: 0.05, strength: 0.8 },
      { at: 0.11, pitch: 987.8, ring: 0.07, strength: 1 },
    ],
  },
  sent: {
    seconds: 0.22,
    strikes: [
      { at: 0, pitch: 987.8, ring: 0.025, strength: 0.6 },
      { at: 0.06, pitch: 739.99, ring: 0.035, strength: 0.5 },
    ],
  },
  online: {
    seconds: 0.32,
    strikes: [
      { at: 0, pitch: 523.3, ring: 0.04, strength: 0.5 },
      { at: 0.09, pitch: 784, ring: 0.06, strength: 0.7 },
    ],
  },
  offline: {
    seconds: 0.32,
    strikes: [
      { at: 0, pitch: 784, ring: 0.04, strength: 0.5 },
      { at: 0.09, pitch: 523.3, ring: 0.06, strength: 0.6 },
    ],
  },
  error: { seconds: 0.28, strikes: [{ at: 0, pitch: 174.6, ring: 0.07, strength: 0.9 }] },
  buzz: {
    seconds: 0.36,
    strikes: [0, 0.09, 0.18].map((at) => ({ at, pitch: 311.1, ring: 0.04, strength: 1 })),
  },
};

/** The files of assets/sounds, by their names. */
export const soundFiles = (): ReadonlyMap<string, Buffer> =>
  new Map(
    soundEvents.map((event) => [`${event}.wav`, wav(draw(drawings[event].seconds, drawings[event].strikes))]),
  );
