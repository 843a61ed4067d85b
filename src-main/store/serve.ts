import { isBug, toStoreError } from './driver';
import { openEngine, type Engine } from './engine';
import { runsAlone, type CallRefusal, type FromProcess, type Refusal, type ToProcess } from './protocol';
import { placesOf } from './places-of';

export interface Port {
  post(message: FromProcess): void;
  onMessage(run: (message: ToProcess) => void): void;
}
type Call = Extract<ToProcess, { readonly kind: 'call' }>;

/**
 * Answers one client's messages in their order. Calls are taken as they lie in the port: those that write and follow each
 * other are committed together, and answered only then. Returns what is open, for tests that put faults in.
 * @param after runs something once all that has arrived by now is taken; a simulation has turns of its own
 */
export function serve(
  port: Port,
  now: () => Date,
  after: (run: () => void) => void = setImmediate,
): { readonly engine: () => Engine | null } {
  let engine: Engine | null = null;
  let waiting: Call[] = [];
  const work = () => {
    const calls = waiting;
    waiting = [];
    for (const group of grouped(calls)) for (const answer of answers(engine, group)) port.post(answer);
  };
  port.onMessage((message) => {
    switch (message.kind) {
      case 'open':
        try {
          engine = openEngine(message, now);
          port.post({ kind: 'opened', lastId: engine.lastId, recovered: engine.recovered });
        } catch (error) {
          port.post({ kind: 'refused', ...refusal(error) });
        }
        return;
      case 'call':
        waiting.push(message);
        if (waiting.length === 1) after(work);
        return;
      case 'close':
        work();
        try {
          engine?.close();
        } finally {
          engine = null;
          port.post({ kind: 'closed' });
        }
    }
  });
  port.post({ kind: 'ready' });
  return { engine: () => engine };
}

/** Runs of calls that write; a read stands alone, since it must see what came before it. */
function grouped(calls: readonly Call[]): readonly (readonly Call[])[] {
  const groups: Call[][] = [];
  let writes: Call[] | null = null;
  for (const call of calls) {
    if (runsAlone(call.name)) {
      groups.push([call]);
      writes = null;
    } else if (writes) {
      writes.push(call);
    } else {
      writes = [call];
      groups.push(writes);
    }
  }
  return groups;
}

function answers(engine: Engine | null, calls: readonly Call[]): readonly FromProcess[] {
  const [first] = calls;
  if (!engine || !first) {
    return calls.map(({ id }) => ({ kind: 'failed', id, reason: 'closed', message: 'no database is open' }));
  }
  if (runsAlone(first.name)) {
    try {
      return [{ kind: 'answer', id: first.id, value: engine.run(first) }];
    } catch (error) {
      return [{ kind: 'failed', id: first.id, ...callRefusal(error) }];
    }
  }
  const outcomes = engine.write(calls);
  return calls.map(({ id }, index): FromProcess => {
    const outcome = outcomes[index];
    if (outcome?.ok) return { kind: 'answer', id, value: outcome.value };
    return { kind: 'failed', id, ...callRefusal(outcome?.error) };
  });
}

function callRefusal(error: unknown): CallRefusal {
  return isBug(error) ? { reason: 'bug', message: placesOf(error) } : refusal(error);
}

function refusal(error: unknown): Refusal {
  const { reason, message } = toStoreError(error);
  return { reason, message };
}
