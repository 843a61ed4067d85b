/** A real WAV: a tone that swells and fades, mono, 8,000 samples a second. */
export const wavOf = (seconds: number): Buffer => {
  const rate = 8_000;
  const count = Math.round(seconds * rate);
  const out = Buffer.alloc(44 + count * 2);
  out.write('RIFF', 0, 'latin1');
  out.writeUInt32LE(36 + count * 2, 4);
  out.write('WAVEfmt ', 8, 'latin1');
  out.writeUInt32LE(16, 16);
  // PCM, one channel, 16 bits.
  out.writeUInt16LE(1, 20);
  out.writeUInt16LE(1, 22);
  out.writeUInt32LE(rate, 24);
  out.writeUInt32LE(rate * 2, 28);
  out.writeUInt16LE(2, 32);
  out.writeUInt16LE(16, 34);
  out.write('data', 36, 'latin1');
  out.writeUInt32LE(count * 2, 40);
  for (let n = 0; n < count; n++) {
    const loud = Math.abs(Math.sin((n / count) * Math.PI * 3));
    out.writeInt16LE(Math.round(Math.sin((n * 2 * Math.PI * 330) / rate) * loud * 12_000), 44 + n * 2);
  }
  return out;
};
