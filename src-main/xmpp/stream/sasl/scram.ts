/** SCRAM (RFC 5802, RFC 7677), the client's half: no socket, no clock. */
import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import type { FailureCode } from '../../../../src-shared/model/connection';
import { ssdpHash, type Offer } from './downgrade';
import { prepared } from './saslprep';

export const scramHashes = {
  'SCRAM-SHA-512': 'sha512',
  'SCRAM-SHA-256': 'sha256',
  'SCRAM-SHA-1': 'sha1',
} as const;
export type ScramMechanism = keyof typeof scramHashes;

/** T28: fewer make a stolen answer cheap to guess, more are an attack on this computer. RFC 7677 §4 has the floor. */
export const iterationFloor = 4096;
export const iterationCeiling = 1_000_000;

export interface ScramFailure {
  readonly ok: false;
  readonly code: Extract<FailureCode, 'server-forged' | 'weak-scram' | 'auth-failed'>;
  readonly params: Readonly<Record<string, string>>;
}
const fail = (code: ScramFailure['code'], params: ScramFailure['params'] = {}): ScramFailure => ({
  ok: false,
  code,
  params,
});

export interface ScramOptions {
  readonly mechanism: ScramMechanism;
  readonly username: string;
  readonly password: string;
  /** At least 128 bits from a CSPRNG, no comma. */
  readonly nonce: string;
  /** What the server offered, for XEP-0474. */
  readonly offer: Offer;
}

export class ScramClient {
  readonly #hash: string;
  readonly #firstBare: string;
  #signature: Buffer | null = null;
  #verified = false;

  constructor(private readonly options: ScramOptions) {
    this.#hash = scramHashes[options.mechanism];
    const name = prepared(options.username).replaceAll('=', '=3D').replaceAll(',', '=2C');
    this.#firstBare = `n=${name},r=${options.nonce}`;
  }

  /** Whether the server has proved that it knows the password. Success before that is a forgery (T28). */
  get verified(): boolean {
    return this.#verified;
  }

  /** client-first-message, without channel binding. */
  first(): string {
    return `n,,${this.#firstBare}`;
  }

  /** client-final-message for a server-first-message. */
  async final(serverFirst: string): Promise<{ readonly ok: true; readonly message: string } | ScramFailure> {
    const fields = fieldsOf(serverFirst);
    const nonce = fields.get('r') ?? '';
    const salt = Buffer.from(fields.get('s') ?? '', 'base64');
    const iterations = Number(/^\d{1,10}$/.exec(fields.get('i') ?? '')?.[0] ?? NaN);
    // An extension that must be understood (RFC 5802 §5.1, `m`), a nonce that is not ours, nothing new in it: not SCRAM.
    if (fields.has('m') || this.#signature || salt.length === 0 || Number.isNaN(iterations)) {
      return fail('auth-failed', { condition: 'malformed-challenge' });
    }
    if (!nonce.startsWith(this.options.nonce) || nonce.length === this.options.nonce.length) {
      return fail('server-forged');
    }
    if (iterations < iterationFloor || iterations > iterationCeiling) {
      return fail('weak-scram', { iterations: String(iterations) });
    }
    const announced = fields.get('h');
    if (announced !== undefined && announced !== ssdpHash(this.#hash, this.options.offer)) {
      return fail('server-forged');
    }
    const salted = await derive(prepared(this.options.password), salt, iterations, this.#hash);
    const clientKey = this.#hmac(salted, 'Client Key');
    const storedKey = createHash(this.#hash).update(clientKey).digest();
    const withoutProof = `c=${Buffer.from('n,,').toString('base64')},r=${nonce}`;
    const authMessage = `${this.#firstBare},${serverFirst},${withoutProof}`;
    const proof = xor(clientKey, this.#hmac(storedKey, authMessage));
    this.#signature = this.#hmac(this.#hmac(salted, 'Server Key'), authMessage);
    return { ok: true, message: `${withoutProof},p=${proof.toString('base64')}` };
  }

  /** Checks a server-final-message, in constant time. Null when it is right. */
  verify(serverFinal: string): ScramFailure | null {
    const fields = fieldsOf(serverFinal);
    const error = fields.get('e');
    if (error !== undefined) return fail('auth-failed', { condition: error });
    const claimed = Buffer.from(fields.get('v') ?? '', 'base64');
    const expected = this.#signature;
    if (!expected || claimed.length !== expected.length || !timingSafeEqual(claimed, expected)) {
      return fail('server-forged');
    }
    this.#verified = true;
    return null;
  }

  #hmac(key: Buffer, text: string): Buffer {
    return createHmac(this.#hash, key).update(text, 'utf8').digest();
  }
}

const derive = (password: string, salt: Buffer, iterations: number, hash: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const length = createHash(hash).digest().length;
    pbkdf2(Buffer.from(password, 'utf8'), salt, iterations, length, hash, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });

const xor = (left: Buffer, right: Buffer): Buffer =>
  Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)));

/** `a=…,b=…`; of a field that comes twice the first one counts, as the server's signature covers both. */
const fieldsOf = (message: string): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>();
  for (const part of message.split(',')) {
    if (part[1] === '=' && !fields.has(part.charAt(0))) fields.set(part.charAt(0), part.slice(2));
  }
  return fields;
};
