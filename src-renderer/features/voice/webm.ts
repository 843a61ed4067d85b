import type { OpusStream } from './opus';

/** Elements of EBML (RFC 8794) that are looked into, and those that are wanted (Matroska, RFC 9559 §5). */
const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const TRACKS = 0x1654ae6b;
const TRACK = 0xae;
const CODEC_PRIVATE = 0x63a2;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;
const SIMPLE_BLOCK = 0xa3;
const OPENED: readonly number[] = [SEGMENT, CLUSTER, TRACKS, TRACK, BLOCK_GROUP];

/** A number of one to eight bytes (RFC 8794 §4); null: there is none. `marked`: with the mark of its length, as ids are. */
const vint = (
  bytes: Uint8Array,
  at: number,
  marked: boolean,
): { readonly value: number; readonly length: number; readonly open: boolean } | null => {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (first === 0 || length > 8 || at + length > bytes.length) return null;
  let value = marked ? first : first & (0xff >> length);
  let open = (first & (0xff >> length)) === 0xff >> length;
  for (const byte of bytes.subarray(at + 1, at + length)) {
    value = value * 256 + byte;
    open &&= byte === 0xff;
  }
  return { value, length, open };
};

/** The frame of a block (RFC 9559 §10); null: more than one are laced into it. */
const frameOf = (block: Uint8Array): Uint8Array | null => {
  const track = vint(block, 0, false);
  const flags = track && block[track.length + 2];
  return track && flags !== undefined && flags !== null && (flags & 6) === 0
    ? block.subarray(track.length + 3)
    : null;
};

/** The one track of Opus in what a MediaRecorder gives; null: it is something else. */
export const opusOfWebm = (bytes: Uint8Array): OpusStream | null => {
  let head: Uint8Array | null = null;
  const packets: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const id = vint(bytes, at, true);
    const size = id && vint(bytes, at + id.length, false);
    if (!id || !size) return null;
    at += id.length + size.length;
    // What has no end yet, because it was being written, ends where the next one of its kind begins.
    if (OPENED.includes(id.value)) continue;
    if (size.open) return null;
    const body = bytes.subarray(at, at + size.value);
    at += size.value;
    if (id.value === CODEC_PRIVATE) head ??= body;
    if (id.value !== BLOCK && id.value !== SIMPLE_BLOCK) continue;
    const frame = frameOf(body);
    if (!frame) return null;
    packets.push(frame);
  }
  return head && packets.length > 0 ? { head, packets } : null;
};
