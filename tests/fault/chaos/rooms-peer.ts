import { connectPeer } from '../../peers/connect-peer';
import type { Peer, PeerAccount } from '../../peers/peer';
import type { TestServer } from '../../servers/server';

const MUC = 'http://jabber.org/protocol/muc';
const ANSWER_MS = 60_000;

/** What was said in a room, as one who never left it heard it. */
export interface Said {
  readonly room: string;
  readonly id: string;
  readonly body: string;
}

/** Somebody in two rooms on a client that is not ours, on a line that nobody hurts. */
export class RoomsPeer {
  readonly #heard: Said[] = [];

  private constructor(
    private readonly peer: Peer,
    readonly nick: string,
  ) {
    peer.onMessage(({ from, id = '', body, type }) => {
      if (type === 'groupchat' && body !== undefined)
        this.#heard.push({ room: from.split('/')[0] ?? '', id, body });
    });
  }

  static async connect(server: TestServer, account: PeerAccount, nick: string): Promise<RoomsPeer> {
    return new RoomsPeer(await connectPeer(server, account, { client: 'stanza' }), nick);
  }

  /** In the room's own order (XEP-0045 §7.4: to everybody alike), oldest first. */
  heardIn(room: string): readonly Said[] {
    return this.#heard.filter((one) => one.room === room);
  }

  /** Goes in, and makes the room where there is none. */
  async join(room: string): Promise<void> {
    const x = `<x xmlns='${MUC}'><history maxstanzas='0'/></x>`;
    await this.peer.sendRaw(`<presence xmlns='jabber:client' to='${room}/${this.nick}'>${x}</presence>`);
    await this.#answer((xml) => xml.startsWith('<presence') && xml.includes(`${room}/${this.nick}`));
  }

  /** The room as the server makes it. */
  async open(room: string): Promise<void> {
    await this.#set(room, `<query xmlns='${MUC}#owner'><x xmlns='jabber:x:data' type='submit'/></query>`);
  }

  /** Its owner throws somebody out. */
  async kick(room: string, nick: string): Promise<void> {
    await this.#set(room, `<query xmlns='${MUC}#admin'><item nick='${nick}' role='none'/></query>`);
  }

  async say(room: string, id: string, body: string): Promise<void> {
    await this.peer.sendRaw(
      `<message xmlns='jabber:client' type='groupchat' id='${id}' to='${room}'><body>${body}</body></message>`,
    );
  }

  leave(): Promise<void> {
    return this.peer.disconnect();
  }

  #asked = 0;
  async #set(room: string, query: string): Promise<void> {
    const id = `rooms-${String(++this.#asked)}-`;
    await this.peer.sendRaw(`<iq xmlns='jabber:client' type='set' id='${id}' to='${room}'>${query}</iq>`);
    await this.#answer((xml) => xml.startsWith('<iq') && xml.includes(id));
  }

  async #answer(fits: (xml: string) => boolean): Promise<void> {
    const xml = await this.peer.waitForRaw(fits, ANSWER_MS);
    // Nobody of that nick there (any more): as good as done.
    if (/type=["']error/.test(xml) && !xml.includes('item-not-found') && !xml.includes('not-acceptable'))
      throw new Error(xml);
  }
}
