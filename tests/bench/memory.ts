import { readdirSync, readFileSync } from 'node:fs';

/** What a process of an Electron app is there for; of those that have nothing of ours in them one does not differ from another. */
const PARTS = ['main', 'window', 'store', 'rest'] as const;
export type Part = (typeof PARTS)[number];

export interface Memory {
  readonly mib: number;
  readonly processes: number;
  readonly parts: Readonly<Record<Part, number>>;
}

/**
 * The memory of a process and everything it has started, as proportional set size: pages that several processes
 * share count once over all of them. Linux only.
 *
 * @returns MiB, of all and of each part, and the number of processes
 */
export function memoryOf(pid: number): Memory {
  const family = familyOf(pid);
  const parts = { main: 0, window: 0, store: 0, rest: 0 };
  for (const one of family) parts[one === pid ? 'main' : partOf(one)] += pssOf(one) / 1024;
  return {
    mib: PARTS.reduce((sum, part) => sum + parts[part], 0),
    processes: family.length,
    parts,
  };
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
  const stat = contentsOf(pid, 'stat');
  return stat === '' ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** Chromium tells each process on its command line what it is. */
function partOf(pid: number): Part {
  const command = contentsOf(String(pid), 'cmdline');
  if (command.includes('--type=renderer')) return 'window';
  return command.includes('node.mojom.NodeService') ? 'store' : 'rest';
}

function pssOf(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(contentsOf(String(pid), 'smaps_rollup'))?.[1] ?? 0);
}

/** Empty when it has ended meanwhile. */
function contentsOf(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
