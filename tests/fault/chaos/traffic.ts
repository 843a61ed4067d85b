import type { AccountId } from '../../../src-shared/model/account';
import type { ChaosPeer } from './chaos-peer';
import type { Dice } from './dice';
import type { Ledger } from './ledger';
import type { Subject } from './subject';

export interface Talkers {
  readonly subject: Subject;
  readonly account: AccountId;
  /** Ours. */
  readonly jid: string;
  readonly peers: readonly ChaosPeer[];
  readonly ledger: Ledger;
}

const pause = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms));
/** Mostly short, now and then longer than what one piece of TCP takes. */
const filler = (dice: Dice): string =>
  dice.fraction() < 0.06 ? 'long '.repeat(dice.whole(200, 1_500)) : 'word';

/** Everybody writes to everybody, both ways, until told to stop. */
export class Traffic {
  #going = true;
  readonly #loops: Promise<unknown>;

  constructor(
    talkers: Talkers,
    round: number,
    private readonly dice: Dice,
  ) {
    const ours = talkers.peers.map((peer, n) =>
      this.#repeat(() => write(talkers, peer, n, round, this.dice)),
    );
    const theirs = talkers.peers.map((peer, n) =>
      this.#repeat(() => say(talkers, peer, n, round, this.dice)),
    );
    this.#loops = Promise.all([...ours, ...theirs]);
  }

  /** Resolves when everybody knows what became of their last message, or never will. */
  async stop(): Promise<void> {
    this.#going = false;
    await this.#loops;
  }

  async #repeat(once: () => Promise<void>): Promise<void> {
    while (this.#going) {
      await once();
      await pause(this.dice.whole(20, 110));
    }
  }
}

async function write(talkers: Talkers, peer: ChaosPeer, n: number, round: number, dice: Dice): Promise<void> {
  const { subject, account, ledger } = talkers;
  if (!subject.alive) return;
  const { entry, body } = ledger.write('out', n, round, filler(dice));
  const outcome = await subject.call('message.send', { account, peer: peer.jid, body });
  entry.fate = outcome === null ? 'unknown' : outcome.ok ? 'ok' : 'refused';
}

async function say(talkers: Talkers, peer: ChaosPeer, n: number, round: number, dice: Dice): Promise<void> {
  if (!peer.there) return;
  const { entry, body } = talkers.ledger.write('in', n, round, filler(dice));
  entry.acked = await peer.say(talkers.jid, body);
  entry.fate = entry.acked === null ? 'unknown' : 'ok';
  // It may come back as long as it has not come.
  entry.gotBack = () => peer.gotBack(body);
}
