import type { TestCertificate } from './certificates';
import type { CertificateKind, ServerAddress, ServerControl, ServerKind, TestServer } from './server';
import { accepts, type Command, type ServerProcess } from './server-process';

/** What one kind of server has to say about itself; `localServer` makes a TestServer of it. */
export interface ServerPlan {
  readonly kind: ServerKind;
  readonly version: string;
  readonly domain: string;
  readonly wsUrl: string;
  readonly wssUrl: string;
  readonly tcpPort?: number;
  readonly certificate: TestCertificate;
  readonly certificateKind: CertificateKind;
  readonly command: Command;
  /** Ports that must accept connections before the server counts as started. */
  readonly ports: readonly number[];
  /** Called right after each start of the process, before it is waited for. */
  readonly started?: () => void;
  /** A last question after the ports are open; an exception means not yet. */
  readonly answers: () => Promise<unknown>;
  readonly control: ServerControl;
}

/** Starts the planned server in its process and folder. */
export async function localServer(plan: ServerPlan, server: ServerProcess): Promise<TestServer> {
  const address: ServerAddress = {
    kind: plan.kind,
    version: plan.version,
    domain: plan.domain,
    host: '127.0.0.1',
    wsUrl: plan.wsUrl,
    wssUrl: plan.wssUrl,
    ...(plan.tcpPort === undefined ? {} : { tcpPort: plan.tcpPort }),
    certificate: {
      kind: plan.certificateKind,
      fingerprint256: plan.certificate.fingerprint256,
      pem: plan.certificate.pem,
      caPem: plan.certificate.caPem,
    },
  };
  const ready = async (): Promise<boolean> => {
    for (const port of plan.ports) if (!(await accepts(port))) return false;
    try {
      await plan.answers();
      return true;
    } catch {
      return false;
    }
  };
  const start = async (): Promise<void> => {
    const running = server.start(plan.command, ready);
    plan.started?.();
    await running;
  };
  const shutDown = (): Promise<void> => server.end('SIGTERM');

  try {
    await start();
  } catch (error) {
    await server.remove();
    throw error;
  }
  return {
    ...address,
    ...plan.control,
    address: () => address,
    start,
    shutDown,
    crash: () => server.end('SIGKILL'),
    restart: async () => {
      await shutDown();
      await start();
    },
    stop: () => server.remove(),
    log: () => server.log,
  };
}
