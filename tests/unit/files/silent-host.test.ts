import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getFile } from '../../../src-main/desktop/transfer/get-file';
import { putFile } from '../../../src-main/desktop/transfer/put-file';

const reach = { plain: true, mayBePrivate: () => true, mayGo: () => true, pins: () => [] };
const noTrust = {};

describe('a host that takes the line and never says a word', () => {
  let server: Server;
  let lines: Socket[] = [];
  let port = 0;
  beforeEach(async () => {
    lines = [];
    server = createServer((line) => {
      line.on('error', () => undefined);
      line.resume();
      lines.push(line);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterEach(async () => {
    for (const line of lines) line.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  const hungUp = (): Promise<unknown> =>
    Promise.all(
      lines.map(
        (line) => new Promise<void>((resolve) => (line.closed ? resolve() : line.once('close', resolve))),
      ),
    );
  /** Once the host has had the line for a moment. */
  const soon = (): AbortSignal => {
    const given = new AbortController();
    server.once('connection', () => {
      setTimeout(() => {
        given.abort();
      }, 50);
    });
    return given.signal;
  };

  it.each(['http', 'https'])(
    'T17 T20 by %s, is hung up on as soon as what it was to give is given up',
    async (scheme) => {
      const request = {
        url: `${scheme}://localhost:${String(port)}/`,
        maxBytes: 1,
        reach,
        write: () => undefined,
      };
      expect(await getFile(request, noTrust, soon())).toEqual({ is: 'stopped' });
      expect(lines).toHaveLength(1);
      await hungUp();
    },
  );

  it.each(['http', 'https'])(
    'T18 by %s, is hung up on as soon as what it was to take is called off',
    async (scheme) => {
      const file = {
        type: 'text/plain',
        width: null,
        height: null,
        sha256: '',
        changed: null,
        size: 4,
        bytes: Buffer.from('soft'),
      };
      const request = {
        url: `${scheme}://localhost:${String(port)}/`,
        headers: {},
        source: { path: '', key: null },
        file,
        reach,
      };
      expect(await putFile(request, noTrust, soon(), () => undefined)).toEqual({ is: 'stopped' });
      expect(lines).toHaveLength(1);
      await hungUp();
    },
  );
});
