import type { ServerProcess } from '../server-process';

/** Commands to the server's Main.java over its standard input; the answers come among the lines of its log. */
export class LineControl {
  private next = 1;
  private readonly waiting = new Map<string, (answer: string) => void>();

  constructor(private readonly server: ServerProcess) {}

  /** To be called after each start of the process: what was asked of an earlier one is never answered. */
  listen(): void {
    this.waiting.clear();
    let rest = '';
    this.server.onOutput((text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.take(line);
    });
  }

  /**
   * Sends one command and waits for its answer.
   *
   * @throws Error with the server's words when it refuses
   */
  async ask(command: string, ...args: readonly string[]): Promise<string> {
    const number = String(this.next++);
    const answered = new Promise<string>((resolve) => this.waiting.set(number, resolve));
    this.server.write([number, command, ...args.map(encode)].join(' '));
    const answer = await answered;
    if (!answer.startsWith('ok')) throw new Error(`Openfire refused ${command}: ${answer.slice(3)}`);
    return answer.slice(3);
  }

  private take(line: string): void {
    const [, number, answer] = /^#(\d+) (.*)$/.exec(line) ?? [];
    if (number === undefined || answer === undefined) return;
    this.waiting.get(number)?.(answer);
    this.waiting.delete(number);
  }
}

function encode(text: string): string {
  return text === '' ? '-' : Buffer.from(text, 'utf8').toString('base64url');
}
