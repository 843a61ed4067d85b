import type { FaultProxy } from '../../support/fault-proxy';

const NAME = /in \d \d+ r\d+ /g;
/** No name is longer. */
const CARRY = 40;

/** Which messages of the peers the server has ever given to our side: what of them went down the line, in plain text. */
export class Wire {
  readonly #names = new Set<string>();
  #rest = '';

  constructor(proxy: FaultProxy) {
    proxy.watch((way, bytes) => {
      if (way !== 'down') return;
      const text = this.#rest + bytes.toString('latin1');
      for (const [name] of text.matchAll(NAME)) this.#names.add(name.trimEnd());
      this.#rest = text.slice(-CARRY);
    });
  }

  /** Something could be read at all: a line that is compressed or encrypted tells nothing. */
  get readable(): boolean {
    return this.#names.size > 0;
  }

  carried(name: string): boolean {
    return this.#names.has(name);
  }
}
