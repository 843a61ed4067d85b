import type { TestServer } from '../../servers/server';
import type { FaultProxy } from '../../support/fault-proxy';
import type { ChaosPeer } from './chaos-peer';
import type { Fault } from './faults';
import type { Subject } from './subject';

export interface Victims {
  readonly subject: Subject;
  readonly proxy: FaultProxy;
  readonly server: TestServer;
  readonly peers: readonly ChaosPeer[];
  /** The server died at this moment (epoch milliseconds). */
  readonly serverDied: (at: number) => void;
}

const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));
/** A step that nobody comes by in this time is none of this round's. */
const STEP_MS = 900;

/** Does it, and takes it away again: resolves when the world is in order, though nobody has recovered yet. */
export async function inflict(fault: Fault, victims: Victims): Promise<void> {
  const { subject, proxy } = victims;
  switch (fault.kind) {
    case 'none':
      return;
    case 'reset':
      proxy.cut();
      return;
    case 'refused':
      proxy.refuse(true);
      proxy.cut();
      await pause(fault.ms);
      proxy.refuse(false);
      return;
    case 'black hole':
      proxy.blackHole(true, fault.only ?? undefined);
      await pause(fault.ms);
      proxy.blackHole(false);
      proxy.cutDeaf();
      return;
    case 'delay':
      proxy.delay(fault.wait);
      await pause(fault.ms);
      proxy.delay(0);
      return;
    case 'cut mid-frame':
      proxy.cutAfter(fault.bytes, fault.way);
      await pause(600);
      return;
    case 'half closed':
      proxy.endHalf(fault.way);
      await pause(600);
      // Whoever still believes in the other half learns better.
      proxy.cutDeaf();
      return;
    case 'kill app':
      await subject.kill('app');
      await pause(fault.rest);
      if (fault.again !== null) {
        const starting = subject.start();
        await pause(fault.again);
        await subject.kill('app');
        await starting;
      }
      await subject.start();
      return;
    case 'kill both':
      await subject.kill('both');
      await pause(fault.rest);
      await subject.start();
      return;
    case 'kill store':
      for (let n = 0; n < fault.times; n++) {
        await subject.kill('store');
        await pause(fault.ms);
      }
      return;
    case 'app dies at a step':
      subject.arm('app', fault.step);
      if (fault.cut) proxy.cut();
      await Promise.race([subject.ended, pause(STEP_MS)]);
      if (subject.alive) subject.arm('app', null);
      else {
        await subject.ended;
        await pause(fault.rest);
        await subject.start();
      }
      return;
    case 'store dies at a step':
      subject.arm('store', fault.step);
      if (fault.cut) proxy.cut();
      await pause(STEP_MS);
      subject.arm('store', null);
      return;
    case 'disk full':
      subject.disk({ kind: 'pages', most: 1 });
      await pause(fault.ms);
      subject.disk({ kind: 'pages', most: null });
      return;
    case 'disk read-only':
      subject.disk({ kind: 'read-only', on: true });
      await pause(fault.ms);
      subject.disk({ kind: 'read-only', on: false });
      return;
    case 'server killed':
      await killServer(fault.down, victims);
  }
}

async function killServer(down: number, { server, peers, serverDied }: Victims): Promise<void> {
  const dead = server.crash();
  serverDied(Date.now());
  await dead;
  await Promise.all(peers.map((peer) => peer.cut()));
  await pause(down);
  await server.start();
  await Promise.all(peers.map((peer) => peer.connect()));
}
