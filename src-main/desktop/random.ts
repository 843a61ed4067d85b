import { randomBytes } from 'node:crypto';
import type { Random } from '../ports';

export const systemRandom: Random = {
  bytes: (count) => new Uint8Array(randomBytes(count)),
  id: () => randomBytes(16).toString('hex'),
  fraction: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
};
