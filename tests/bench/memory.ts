import { readdirSync, readFileSync } from 'node:fs';

/**
 * The memory of a process and everything it has started, as proportional set size: pages that several processes
 * share count once over all of them. Linux only.
 *
 * @returns MiB, and the number of processes
 */
export function memoryOf(pid: number): { readonly mib: number; readonly processes: number } {
  const family = familyOf(pid);
  const kib = family.map(pssOf).reduce((sum, one) => sum + one, 0);
  return { mib: kib / 1024, processes: family.length };
}

function familyOf(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = parentOf(name);
    if (parent !== undefined) parents.set(Number(name), parent);
  }
  const family = [pid];
  // A process found while we go on is looked at in its turn.
  for (const one of family) {
    for (const [child, parent] of parents) if (parent === one) family.push(child);
  }
  return family;
}

/** The field after the state in /proc/PID/stat; the name before it may hold spaces and parentheses. */
function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // it has ended meanwhile
  }
}

function pssOf(pid: number): number {
  try {
    const line = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/smaps_rollup`, 'utf8'));
    return Number(line?.[1] ?? 0);
  } catch {
    return 0;
  }
}
