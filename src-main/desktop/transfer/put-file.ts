import { Readable } from 'node:stream';
import type { PutOutcome, PutRequest } from '../../ports';
import type { Trust } from '../http';
import { openRequest, UNSAFE } from './connect';
import { bytesOf } from './source';

/** So long nothing may move before the line is taken for dead. */
const STILL_MS = 30_000;
const CHUNK = 64 * 1024;

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

/** XEP-0363 §6: puts a file to its slot, piece by piece. Resolves with what came of it; never rejects. */
export const putFile = (
  { url, headers, source: from, file, reach }: PutRequest,
  trust: Trust,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<PutOutcome> =>
  new Promise((resolve) => {
    const over = new AbortController();
    const request = openRequest(
      new URL(url),
      {
        method: 'PUT',
        signal: AbortSignal.any([signal, over.signal]),
        headers: { ...headers, 'content-type': file.type, 'content-length': String(file.size) },
      },
      { ...reach, mayBePrivate: () => true },
      trust,
    );
    const source = Readable.from(file.bytes ? chunksOf(file.bytes) : bytesOf(from, file.size));
    let still: NodeJS.Timeout | undefined;
    const end = (outcome: PutOutcome): void => {
      clearTimeout(still);
      source.destroy();
      over.abort();
      resolve(outcome);
    };
    const moves = (): void => {
      clearTimeout(still);
      still = setTimeout(() => {
        end({ is: 'network' });
      }, STILL_MS);
    };
    let sent = 0;
    moves();
    source.on('data', (chunk: Uint8Array) => {
      sent += chunk.length;
      const free = request.write(chunk, () => {
        moves();
      });
      onSent(sent);
      if (!free) source.pause();
    });
    request.on('drain', () => {
      source.resume();
    });
    source.on('end', () => {
      // The file became shorter meanwhile.
      if (sent < file.size) end({ is: 'gone' });
      else request.end();
    });
    source.on('error', () => {
      end({ is: 'gone' });
    });
    request.on('response', (response) => {
      response.resume();
      end({ is: 'answer', status: response.statusCode ?? 0 });
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      end({ is: signal.aborted ? 'stopped' : error.code === UNSAFE ? 'unsafe' : 'network' });
    });
  });
