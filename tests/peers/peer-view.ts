import { Inbox } from './inbox';
import { bare, type PeerMessage, type PeerPresence, type SubscriptionType } from './peer';

const WAIT_MS = 30_000;

/** What a peer has seen so far, whatever client it is; the half of `Peer` that only looks. */
export class PeerView {
  readonly messages: PeerMessage[] = [];
  private readonly messageInbox = new Inbox<PeerMessage>((one) => JSON.stringify(one));
  private readonly rawInbox = new Inbox<string>((xml) => xml.slice(0, 300));
  private readonly subscriptions = new Inbox<{ from: string; type: SubscriptionType }>((one) =>
    JSON.stringify(one),
  );
  private readonly history: PeerPresence[] = [];
  private readonly current = new Map<string, PeerPresence>();
  private readonly messageListeners: ((message: PeerMessage) => void)[] = [];
  private readonly presenceListeners = new Set<() => void>();

  seeMessage(message: PeerMessage): void {
    if (message.body !== undefined) this.messages.push(message);
    this.messageInbox.push(message);
    for (const listener of this.messageListeners) listener(message);
  }

  seePresence(presence: PeerPresence): void {
    this.history.push(presence);
    this.current.set(presence.from, presence);
    for (const listener of [...this.presenceListeners]) listener();
  }

  seeSubscription(from: string, type: SubscriptionType): void {
    this.subscriptions.push({ from: bare(from), type });
  }

  seeRaw(xml: string): void {
    this.rawInbox.push(xml);
  }

  /** After a new sign-in nothing is known of anybody's presence. */
  forgetPresence(): void {
    this.current.clear();
  }

  onMessage(listener: (message: PeerMessage) => void): void {
    this.messageListeners.push(listener);
  }

  waitForMessage(fits: (message: PeerMessage) => boolean, ms = WAIT_MS): Promise<PeerMessage> {
    return this.messageInbox.take('The message', fits, ms);
  }

  waitForRaw(fits: (xml: string) => boolean, ms = WAIT_MS): Promise<string> {
    return this.rawInbox.take('The stanza', fits, ms);
  }

  async waitForSubscription(from: string, type: SubscriptionType, ms = WAIT_MS): Promise<void> {
    const wanted = bare(from);
    await this.subscriptions.take(
      `"${type}" of ${wanted}`,
      (one) => one.from === wanted && one.type === type,
      ms,
    );
  }

  waitForPresence(
    from: string,
    fits: (presence: PeerPresence) => boolean,
    ms = WAIT_MS,
  ): Promise<PeerPresence> {
    const find = (): PeerPresence | undefined =>
      [...this.current.values()].find((one) => (one.from === from || bare(one.from) === from) && fits(one));
    return this.until(`The presence of ${from}`, from, find, ms);
  }

  async waitForOffline(from: string, ms = WAIT_MS): Promise<void> {
    const gone = (): true | undefined => (this.presencesOf(from).length === 0 ? true : undefined);
    await this.until(`The end of ${from}`, from, gone, ms);
  }

  presencesOf(bareJid: string): readonly PeerPresence[] {
    return [...this.current.values()].filter((one) => one.available && bare(one.from) === bareJid);
  }

  presenceHistory(bareJid: string): readonly PeerPresence[] {
    return this.history.filter((one) => bare(one.from) === bareJid);
  }

  private until<T>(what: string, from: string, find: () => T | undefined, ms: number): Promise<T> {
    const late = new Error();
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        end();
        resolve(found);
      };
      const end = (): void => {
        clearTimeout(timer);
        this.presenceListeners.delete(look);
      };
      const timer = setTimeout(() => {
        end();
        const seen = this.presenceHistory(bare(from)).map((one) => `\n  ${JSON.stringify(one)}`);
        late.message = `${what} did not come within ${String(ms)} ms. Seen:${seen.join('') || ' nothing'}`;
        reject(late);
      }, ms);
      this.presenceListeners.add(look);
      look();
    });
  }
}
