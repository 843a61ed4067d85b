/** What stands before a server in the world: a proxy that ends TLS with a certificate of its own, or changes the request. */
import { readFileSync } from 'node:fs';
import { connect, createServer as createTcp, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTls } from 'node:tls';

export interface FrontCertificate {
  readonly keyFile: string;
  readonly chainFile: string;
}

export interface Front {
  readonly port: number;
  stop(): Promise<void>;
}

export interface FrontOptions {
  readonly certificate?: FrontCertificate;
  /** Changes the head of the HTTP request. */
  readonly edit?: (head: string) => string;
  /** To take the place of another front. */
  readonly port?: number;
}

/** Passes lines on to a port of this computer. */
export const front = async (target: number, options: FrontOptions = {}): Promise<Front> => {
  const { certificate, edit } = options;
  const sockets = new Set<Socket>();
  const pass = (near: Socket): void => {
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        near.destroy();
        far.destroy();
      });
    }
    if (edit)
      near.once('data', (head) => far.write(edit(head.toString('latin1')), 'latin1', () => near.pipe(far)));
    else near.pipe(far);
    far.pipe(near);
  };
  const server = certificate
    ? createTls({ key: readFileSync(certificate.keyFile), cert: readFileSync(certificate.chainFile) }, pass)
    : createTcp(pass);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
