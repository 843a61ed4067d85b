/** Our questions to the server and others, and their answers (T6; RFC 6120 §8.2.3). */
import { ns } from './namespaces';
import { isCut } from './parsed-element';
import { xml, type Element } from './xml';
import type { IqOutcome, StanzaError } from '../link';
import type { Clock, Random, Timer } from '../../ports';

interface Pending {
  /** Who may answer: normalised JIDs; '' stands for "no from". */
  readonly from: ReadonlySet<string>;
  readonly settle: (outcome: IqOutcome) => void;
  readonly timer: Timer;
}

export interface IqCallerOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly send: (stanza: Element) => void;
  readonly domain: string;
  /** Bare JID of the account. */
  readonly bare: string;
  readonly timeoutMs: number;
}

export class IqCaller {
  readonly #pending = new Map<string, Pending>();
  #full: string | null = null;
  #lost = false;
  #send: (stanza: Element) => void;

  constructor(private readonly options: IqCallerOptions) {
    this.#send = options.send;
  }

  /** From now on requests go this way, where stanzas are counted. */
  via(send: (stanza: Element) => void): void {
    this.#send = send;
  }

  /** The full JID, once it is bound. */
  set full(jid: string) {
    this.#full = jid;
  }

  /** Sends a request with a fresh id of 128 bits and awaits the answer of `to` (none: of the own account). Never rejects. */
  request(
    type: 'get' | 'set',
    child: Element,
    { to, timeoutMs }: { readonly to?: string; readonly timeoutMs?: number } = {},
  ): Promise<IqOutcome> {
    if (this.#lost) return Promise.resolve(failure('lost'));
    const id = this.options.random.id();
    return new Promise((resolve) => {
      const settle = (outcome: IqOutcome): void => {
        this.#pending.delete(id);
        timer.cancel();
        resolve(outcome);
      };
      const timer = this.options.clock.after(timeoutMs ?? this.options.timeoutMs, () =>
        settle(failure('timeout')),
      );
      this.#pending.set(id, { from: this.#answerers(to), settle, timer });
      this.#send(xml('iq', { xmlns: ns.client, type, id, to }, child));
    });
  }

  /** What a stanza is to us: the answer to a request, an answer that nobody asked for, or no answer at all. */
  take(stanza: Element): 'answer' | 'stray' | 'none' {
    const type = stanza.attrs['type'] as unknown;
    if (!stanza.is('iq', ns.client) || (type !== 'result' && type !== 'error')) return 'none';
    const pending = this.#pending.get(String(stanza.attrs['id']));
    // A stranger's answer leaves the request pending.
    if (!pending?.from.has(normalise(stanza.attrs['from'] as string | undefined))) return 'stray';
    if (isCut(stanza)) pending.settle(failure('too-large'));
    else pending.settle(type === 'result' ? { ok: true, iq: stanza } : { ok: false, error: errorOf(stanza) });
    return 'answer';
  }

  /** The line is lost: nothing will be answered any more. */
  lose(): void {
    this.#lost = true;
    for (const { settle } of [...this.#pending.values()]) settle(failure('lost'));
  }

  /**
   * RFC 6120 §10.3.3: a question without `to` is to the own account, and servers answer it without `from`, from the bare or
   * the full JID, or from the domain. Nobody else can send without `from`: the server stamps it.
   */
  #answerers(to: string | undefined): ReadonlySet<string> {
    const { bare, domain } = this.options;
    const own = ['', bare, domain, ...(this.#full === null ? [] : [this.#full])].map(normalise);
    const asked = normalise(to);
    if (asked === '') return new Set(own);
    return new Set(asked === normalise(bare) || asked === normalise(domain) ? [asked, ''] : [asked]);
  }
}

const failure = (condition: string): IqOutcome => ({
  ok: false,
  error: { condition, type: null, text: null },
});

/** Case of the resource counts, that of the rest does not (RFC 7622 §3.2 and §3.3). */
const normalise = (jid: string | undefined): string => {
  if (!jid) return '';
  const slash = jid.indexOf('/');
  return slash < 0 ? jid.toLowerCase() : jid.slice(0, slash).toLowerCase() + jid.slice(slash);
};

/** RFC 6120 §8.3. */
export const errorOf = (stanza: Element): StanzaError => {
  const error = stanza.getChild('error', ns.client);
  const condition = error
    ?.getChildElements()
    .find((child) => child.getNS() === ns.stanzaErrors && child.getName() !== 'text');
  const type = error?.attrs['type'] as unknown;
  return {
    condition: condition?.getName() ?? 'undefined-condition',
    type: typeof type === 'string' ? type : null,
    text: error?.getChildText('text', ns.stanzaErrors) ?? null,
  };
};
