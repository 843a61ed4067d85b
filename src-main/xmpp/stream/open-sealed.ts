import { createDecipheriv } from 'node:crypto';
import type { SealedLink } from '../xep/0454-media-sharing';

const TAG_BYTES = 16;

/** T19: what was sealed with AES-256-GCM, its tag at the end (XEP-0454 §3), once the tag has been found right; null: it is not. */
export const openSealed = (bytes: Uint8Array, { key, iv }: SealedLink): Uint8Array | null => {
  if (bytes.length < TAG_BYTES) return null;
  const open = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  open.setAuthTag(bytes.subarray(-TAG_BYTES));
  const plain = open.update(bytes.subarray(0, -TAG_BYTES));
  try {
    return Buffer.concat([plain, open.final()]);
  } catch {
    return null;
  }
};
