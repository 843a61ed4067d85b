const LIMIT = 4_000;

/** The last lines of what somebody said, with their times. */
export class Trace {
  #lines: string[] = [];

  add(line: string): void {
    this.#lines.push(`${new Date().toISOString().slice(11, 23)} ${line.trimEnd()}`);
    if (this.#lines.length > 2 * LIMIT) this.#lines = this.#lines.slice(-LIMIT);
  }

  lines(): readonly string[] {
    return this.#lines.slice(-LIMIT);
  }
}
