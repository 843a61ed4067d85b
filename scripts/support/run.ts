import { spawn, type ChildProcess } from 'node:child_process';
import { root } from './paths';

const running = new Set<ChildProcess>();
let forwarding = false;

/**
 * Runs a command to its end in the project's root, with our output as its own. It gets no standard input: a task must
 * never wait for a keyboard. A signal that reaches us goes on to it, and we end after it has ended.
 *
 * @returns its exit code; 1 when it was killed or could not start (which is said in words)
 */
export function runTask(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  forwardSignals();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    running.add(child);
    child.on('error', (error) => {
      running.delete(child);
      console.error(`${command} could not be started: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

/** Runs a JavaScript file with this Node; see {@link runTask}. */
export function runNode(file: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<number> {
  return runTask(process.execPath, [file, ...args], env);
}

function forwardSignals(): void {
  if (forwarding) return;
  forwarding = true;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (running.size === 0) process.exit(130);
      for (const child of running) {
        child.once('close', () => process.exit(130));
        child.kill(signal);
      }
    });
  }
}
