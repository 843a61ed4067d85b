/** The entry of the store's own process: Electron's utilityProcess, or a worker_thread under plain Node. */
import { parentPort as workerPort } from 'node:worker_threads';
import type { FromProcess, ToProcess } from './protocol';
import { serve, type Port } from './serve';

/** Electron puts this on `process` in a utilityProcess; its types are those of main only. */
interface UtilityPort {
  postMessage(message: unknown): void;
  on(event: 'message', run: (event: { readonly data: unknown }) => void): void;
}

function port(): Port {
  const utility = (process as { parentPort?: UtilityPort }).parentPort;
  if (utility) {
    return {
      post: (message: FromProcess) => {
        utility.postMessage(message);
      },
      onMessage: (run) => {
        utility.on('message', ({ data }) => {
          run(data as ToProcess);
        });
      },
    };
  }
  if (!workerPort) throw new Error('the store runs in a process of its own');
  const worker = workerPort;
  return {
    post: (message: FromProcess) => {
      worker.postMessage(message);
    },
    onMessage: (run) => {
      worker.on('message', run);
    },
  };
}

export const served = serve(port(), () => new Date());
