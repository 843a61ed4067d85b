import { utilityProcess } from 'electron';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreLauncher } from '../ports';

const ACCOUNT_ID = /^[0-9a-f]{32}$/;

/**
 * Runs the store in a process of its own: libsql's native part can end its process, and then it ends only that (R27).
 *
 * @param entry the built store/process.ts
 * @param userData where the databases lie
 */
export const createStoreLauncher = (entry: string, userData: string): StoreLauncher => ({
  launch: () => {
    const child = utilityProcess.fork(entry, [], { serviceName: 'Flint store' });
    return {
      post: (message) => {
        child.postMessage(message);
      },
      onMessage: (run) => {
        child.on('message', run);
      },
      onExit: (run) => {
        child.on('exit', run);
      },
      kill: () => {
        child.kill();
      },
    };
  },
  databaseFile: (accountId) => {
    if (!ACCOUNT_ID.test(accountId)) throw new Error('not an account id');
    const dir = join(userData, 'accounts');
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    return join(dir, `${accountId}.db`);
  },
});
