import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { faultProxy, type FaultProxy } from '../../support/fault-proxy';

interface Pair {
  readonly proxy: FaultProxy;
  readonly near: Socket;
  readonly far: Socket;
  /** What each end has got, and how it ended. */
  readonly got: { near: string; far: string };
  readonly ended: string[];
}

/** A client and a server with the proxy between them. */
async function pair(): Promise<Pair> {
  const server = createServer({ allowHalfOpen: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy = await faultProxy({ port: (server.address() as AddressInfo).port });
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const near = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  const [far] = await accepted;
  onTestFinished(async () => {
    near.destroy();
    far.destroy();
    await proxy.stop();
    server.close();
  });
  const got = { near: '', far: '' };
  const ended: string[] = [];
  for (const [name, socket] of [['near', near] as const, ['far', far] as const]) {
    socket.setEncoding('utf8').on('data', (text: string) => (got[name] += text));
    socket.on('end', () => ended.push(`${name} end`));
    socket.on('error', () => ended.push(`${name} reset`));
  }
  return { proxy, near, far, got, ended };
}
const until = (fits: () => boolean) => expect.poll(fits, { timeout: 2_000, interval: 5 }).toBe(true);

describe('the fault proxy', () => {
  it('keeps the order of what is on its way when the line becomes quick again', async () => {
    const { proxy, near, got } = await pair();
    proxy.delay(80);
    near.write('slow ');
    await pause(20);
    proxy.delay(0);
    near.write('quick');
    await until(() => got.far === 'slow quick');
  });

  it('swallows one way alone; a line that has lost something stays deaf until it is cut, a new one is whole', async () => {
    const { proxy, near, far, got, ended } = await pair();
    proxy.blackHole(true, 'up');
    near.write('lost');
    far.write('heard');
    await until(() => got.near === 'heard');
    await pause(30);
    proxy.blackHole(false);
    near.write('lost too');
    await pause(50);
    expect([got.far, proxy.lines]).toEqual(['', 1]);
    proxy.cutDeaf();
    await until(() => ended.includes('near reset'));
    expect(proxy.lines).toBe(0);
  });

  it('leaves alone the lines that have lost nothing', async () => {
    const { proxy, near, got } = await pair();
    proxy.cutDeaf();
    near.write('still here');
    await until(() => got.far === 'still here');
  });

  it('ends a line after so many bytes, in the middle of what is sent', async () => {
    const { proxy, near, got, ended } = await pair();
    proxy.cutAfter(6, 'up');
    near.write('half');
    near.write(' of it and no more');
    await until(() => ended.includes('far end'));
    expect(got.far).toBe('half o');
    await until(() => ended.includes('near reset'));
  });

  it('closes one half and leaves the other open', async () => {
    const { proxy, far, got, ended } = await pair();
    proxy.endHalf('up');
    await until(() => ended.includes('far end'));
    far.write('after the end');
    await until(() => got.near === 'after the end');
    expect(ended).toEqual(['far end']);
  });
});
