import { toStoreError } from './driver';
import { openEngine, type Engine } from './engine';
import type { FromProcess, Refusal, ToProcess } from './protocol';

export interface Port {
  post(message: FromProcess): void;
  onMessage(run: (message: ToProcess) => void): void;
}

/** Answers one client's messages, one after the other. Returns what is open, for tests that put faults in. */
export function serve(port: Port, now: () => Date): { readonly engine: () => Engine | null } {
  let engine: Engine | null = null;
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
        port.post(answer(engine, message));
        return;
      case 'close':
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

function answer(engine: Engine | null, call: Extract<ToProcess, { kind: 'call' }>): FromProcess {
  if (!engine) return { kind: 'failed', id: call.id, reason: 'closed', message: 'no database is open' };
  try {
    return { kind: 'answer', id: call.id, value: engine.run(call.name, call.args, call.again) };
  } catch (error) {
    return { kind: 'failed', id: call.id, ...refusal(error) };
  }
}

function refusal(error: unknown): Refusal {
  const { reason, message } = toStoreError(error);
  return { reason, message };
}
