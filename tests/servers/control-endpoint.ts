import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import type { ServerAddress, ServerControl, ServerKind, TestServer } from './server';
import { postJson } from './post-json';

/** How specifications in worker processes reach the servers of the run; plain data, `provide`d by the global set-up. */
export interface SharedServers {
  readonly controlUrl: string;
  readonly servers: Readonly<Partial<Record<ServerKind, ServerAddress>>>;
}

const Request = v.object({
  kind: v.string(),
  command: v.picklist(['createUser', 'deleteUser', 'setPassword', 'kick', 'createGroup', 'deleteGroup']),
  name: v.string(),
  password: v.optional(v.string(), ''),
  members: v.optional(v.array(v.string()), []),
});
type ControlRequest = v.InferOutput<typeof Request>;

/** Offers the administration of the running servers to other processes of this machine, on a loopback port. */
export async function serveControl(
  servers: ReadonlyMap<string, TestServer>,
): Promise<{ readonly url: string; close(): void }> {
  const endpoint: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      carryOut(servers, Buffer.concat(chunks).toString('utf8')).then(
        () => response.writeHead(200).end('{}'),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  const { port } = endpoint.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    close: () => {
      endpoint.close();
      endpoint.closeAllConnections();
    },
  };
}

/** The same administration from a worker process. */
export function remoteControl(controlUrl: string, kind: ServerKind): ServerControl {
  const ask = async (request: Omit<v.InferInput<typeof Request>, 'kind'>): Promise<void> => {
    await postJson(controlUrl, { kind, ...request });
  };
  return {
    createUser: (name, password) => ask({ command: 'createUser', name, password }),
    deleteUser: (name) => ask({ command: 'deleteUser', name }),
    setPassword: (name, password) => ask({ command: 'setPassword', name, password }),
    kick: (name) => ask({ command: 'kick', name }),
    createGroup: (name, members) => ask({ command: 'createGroup', name, members: [...members] }),
    deleteGroup: (name) => ask({ command: 'deleteGroup', name }),
  };
}

async function carryOut(servers: ReadonlyMap<string, TestServer>, body: string): Promise<void> {
  const request: ControlRequest = v.parse(Request, JSON.parse(body));
  const server = servers.get(request.kind);
  if (server === undefined) throw new Error(`${request.kind} does not run`);
  switch (request.command) {
    case 'createUser':
    case 'setPassword':
      return server[request.command](request.name, request.password);
    case 'createGroup':
      return server.createGroup(request.name, request.members);
    case 'deleteUser':
    case 'kick':
    case 'deleteGroup':
      return server[request.command](request.name);
  }
}
