/** Opus (RFC 6716): how long a packet is, and what a stream says of itself (RFC 7845). */

/** Opus counts in these, whatever it was recorded with. */
export const SAMPLES_A_SECOND = 48_000;
/** RFC 6716 §3.2.5. */
const MAX_SAMPLES = 5_760;

export interface OpusStream {
  /** The identification header, RFC 7845 §5.1. */
  readonly head: Uint8Array;
  readonly packets: readonly Uint8Array[];
}

const SILK = [480, 960, 1_920, 2_880] as const;
const CELT = [120, 240, 480, 960] as const;

const frameSamples = (config: number): number => {
  if (config < 12) return SILK[(config & 3) as 0 | 1 | 2 | 3];
  return config < 16 ? SILK[(config & 1) as 0 | 1] : CELT[(config & 3) as 0 | 1 | 2 | 3];
};

/** Samples at 48 kHz that a packet holds (RFC 6716 §3.1, §3.2); null: it is none. */
export const packetSamples = (packet: Uint8Array): number | null => {
  const [toc, count = 0] = packet;
  if (toc === undefined) return null;
  const frames = [1, 2, 2, count & 0x3f][toc & 3] ?? 0;
  const samples = frames * frameSamples(toc >> 3);
  return frames > 0 && samples <= MAX_SAMPLES ? samples : null;
};

/** Seconds of all; null: something in it is no packet. */
export const streamSeconds = ({ packets }: OpusStream): number | null => {
  let samples = 0;
  for (const packet of packets) {
    const more = packetSamples(packet);
    if (more === null) return null;
    samples += more;
  }
  return samples / SAMPLES_A_SECOND;
};

/** RFC 7845 §5.1: one or two channels, in the family that has nothing more to say; null: anything else. */
export const channelsOf = (head: Uint8Array): 1 | 2 | null => {
  const begins = String.fromCharCode(...head.subarray(0, 8)) === 'OpusHead';
  const [channels, family] = [head[9], head[18]];
  return begins && head.length === 19 && family === 0 && (channels === 1 || channels === 2) ? channels : null;
};
