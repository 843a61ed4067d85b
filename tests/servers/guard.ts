import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Reads process ids from standard input, one a line (0: none runs now). At the end of input, which comes also when the
 * test process was killed, it ends the last one with its whole group and removes the folder.
 */
const SCRIPT = `
while read -r line; do pid=$line; done
[ "\${pid:-0}" -gt 0 ] && kill -s KILL -- "-$pid" 2>/dev/null
rm -rf "$1"`;

export interface Guard {
  /** Says which process (the leader of its own group) lives in the folder now. */
  watch(pid: number | undefined): void;
  /** Ends what still runs and removes the folder. */
  release(): Promise<void>;
}

/** Makes sure that neither a server nor its folder outlives this process, however this process ends. */
export function guardFolder(folder: string): Guard {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'sh', folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  return {
    watch: (pid) => void child.stdin.write(`${String(pid ?? 0)}\n`),
    release: async () => {
      child.ref();
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.stdin.end();
      await gone;
    },
  };
}
