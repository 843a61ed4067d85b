/** Somebody in the middle of a WebSocket who reads every frame and changes what they like. */
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

export interface Meddler {
  readonly url: string;
  stop(): Promise<void>;
}

/** Between the client and the server at `target`; `change` gives what is passed on, null: nothing. */
export const meddler = async (
  target: string,
  change: (way: 'up' | 'down', frame: string) => string | null,
): Promise<Meddler> => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'xmpp' });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (near) => {
    const far = new WebSocket(target, 'xmpp');
    const early: string[] = [];
    const text = (data: unknown): string => (data as Buffer).toString('utf8');
    near.on('message', (data) => {
      const frame = change('up', text(data));
      if (frame === null) return;
      if (far.readyState === far.OPEN) far.send(frame);
      else early.push(frame);
    });
    far.on('open', () => {
      for (const frame of early) far.send(frame);
    });
    far.on('message', (data) => {
      const frame = change('down', text(data));
      if (frame !== null) near.send(frame);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.terminate());
      one.on('close', () => other.close());
    }
  });
  return {
    url: `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    stop: async () => {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
