import type { Peer } from '../../tests/peers/peer';
import type { Part } from './cast';

/** Milliseconds between two lines that somebody says on their own. */
const OWN_MS = 50_000;
const TYPING_MS = 1_600;

export interface Actor {
  /** Waits for the next line that they say, and returns it. */
  said(): Promise<string>;
  stop(): void;
}

/** Lets a peer answer what it is told, and write on its own now and then; it types before it writes. */
export function act(peer: Peer, part: Part, to: string): Actor {
  const turns = new Map<readonly string[], number>();
  const next = (lines: readonly string[]): string => {
    const turn = turns.get(lines) ?? 0;
    turns.set(lines, turn + 1);
    return lines[turn % lines.length] ?? '';
  };
  const stop = new AbortController();
  let last = Promise.resolve();
  const listeners: ((line: string) => void)[] = [];
  const goesOn = async (ms: number): Promise<boolean> => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return !stop.signal.aborted;
  };
  // One after the other, as a person would.
  const say = (line: string, readingMs: number): void => {
    last = last
      .then(async () => {
        if (!(await goesOn(readingMs))) return;
        await peer.sendChatState(to, 'composing');
        if (!(await goesOn(TYPING_MS + Math.min(line.length * 15, 1_500)))) return;
        await peer.sendMessage(to, line, { requestReceipt: true, chatState: 'active' });
        for (const listener of listeners.splice(0)) listener(line);
      })
      // The server may be restarted under the demo; the other contacts go on.
      .catch((error: unknown) => {
        if (!stop.signal.aborted)
          console.error(`${part.name}: ${error instanceof Error ? error.message : String(error)}`);
      });
  };

  peer.onMessage((message) => {
    if (message.body === undefined || message.type !== 'chat') return;
    if (message.receiptRequested && message.id !== undefined) {
      void peer.sendReceipt(message.from, message.id).catch(() => undefined);
    }
    say(next(linesFor(part, message.body)), 900);
  });
  const timer = setInterval(() => say(next(part.own), 0), OWN_MS);
  return {
    said: () => new Promise((resolve) => listeners.push(resolve)),
    stop: () => {
      stop.abort();
      clearInterval(timer);
    },
  };
}

function linesFor(part: Part, body: string): readonly string[] {
  if (/\p{Script=Han}/u.test(body)) return part.toChinese;
  if (/^(hi|hello|hey|good (morning|day|evening))\b/i.test(body)) return part.toGreeting;
  return body.trimEnd().endsWith('?') ? part.toQuestion : part.toAnything;
}
