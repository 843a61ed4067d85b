import type { IncomingMessage } from 'node:http';
import type { GetOutcome, GetRequest } from '../../ports';
import type { Trust } from '../http';
import { openRequest, UNSAFE } from './connect';

const MAX_REDIRECTS = 3;
const STILL_MS = 30_000;

/** What a request came to: its answer, or what came of it. */
const headOf = (
  url: URL,
  { reach }: GetRequest,
  trust: Trust,
  signal: AbortSignal,
): Promise<IncomingMessage | GetOutcome> =>
  new Promise((resolve) => {
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort();
    }, STILL_MS);
    const until = AbortSignal.any([signal, late.signal]);
    const options = { method: 'GET', signal: until, headers: { accept: '*/*' } };
    const request = openRequest(url, options, reach, trust);
    // From now on it is silence that ends it.
    request.setTimeout(STILL_MS, () => {
      request.destroy();
    });
    request.on('response', (head) => {
      clearTimeout(timer);
      resolve(head);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve({ is: signal.aborted ? 'stopped' : error.code === UNSAFE ? 'unsafe' : 'network' });
    });
    request.end();
  });

/** Fetches a file piece by piece. Never rejects, but with what `write` rejects with. */
export const getFile = async (
  request: GetRequest,
  trust: Trust,
  signal: AbortSignal,
): Promise<GetOutcome> => {
  let url = new URL(request.url);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const head = await headOf(url, request, trust, signal);
    if ('is' in head) return head;
    const status = head.statusCode ?? 0;
    const location = head.headers.location;
    if (status >= 300 && status < 400 && location !== undefined && URL.canParse(location, url.href)) {
      head.destroy();
      url = new URL(location, url.href);
      continue;
    }
    if (status !== 200) {
      head.destroy();
      return { is: 'answer', status };
    }
    return read(head, url.href, request, signal);
  }
  return { is: 'unsafe' };
};

async function read(
  head: IncomingMessage,
  from: string,
  request: GetRequest,
  signal: AbortSignal,
): Promise<GetOutcome> {
  const told = Number(head.headers['content-length'] ?? NaN);
  const size = Number.isSafeInteger(told) ? told : null;
  if (size !== null && size > request.maxBytes) {
    head.destroy();
    return { is: 'too-large' };
  }
  let got = 0;
  const chunks = head[Symbol.asyncIterator]();
  for (;;) {
    let next: IteratorResult<Buffer, undefined>;
    try {
      next = (await chunks.next()) as IteratorResult<Buffer, undefined>;
    } catch {
      return { is: signal.aborted ? 'stopped' : 'network' };
    }
    if (next.done) break;
    got += next.value.length;
    if (got > request.maxBytes) {
      head.destroy();
      return { is: 'too-large' };
    }
    await request.write(next.value, size, from);
  }
  return size !== null && got < size ? { is: 'network' } : { is: 'done', size: got };
}
