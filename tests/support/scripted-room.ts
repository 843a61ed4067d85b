/** A room and its service that do as they are told, a line to it that breaks, and our side of it: the real one. */
import type { SessionContext } from '../../src-main/session/context';
import { rowOf } from '../../src-main/session/rooms/known-rooms';
import type { OneRoom, RoomParts } from '../../src-main/session/rooms/one-room';
import { createRoom } from '../../src-main/session/rooms/room';
import { attr, child, type Element } from '../../src-main/xmpp/element';
import type { IqOutcome, Link } from '../../src-main/xmpp/link';
import { MUC, parseRoomPresence, type Look } from '../../src-main/xmpp/xep/0045-muc';
import { ownCaps } from '../../src-main/xmpp/xep/0115-capabilities';
import { FakeClock, settle } from './clock';
import { stanza } from './stanza';
import { listLog } from './store-kit';

const jid = 'verona@rooms.example.org';
const own = (inside: string, type = ''): Element =>
  stanza(`<presence from='${jid}/Juliet' ${type}>${inside}</presence>`);
const user = (role: string, ...codes: readonly number[]): string =>
  `<x xmlns='${MUC}#user'><item role='${role}' affiliation='none'/>${codes.map((code) => `<status code='${String(code)}'/>`).join('')}</x>`;
const error = (condition: string): string =>
  `<error type='cancel'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>`;
const info = stanza(
  `<iq type='result'><query xmlns='http://jabber.org/protocol/disco#info'><feature var='${MUC}'/></query></iq>`,
);
const refuse = (condition: string): IqOutcome => ({
  ok: false,
  error: { condition, type: 'cancel', text: null },
});
const look: Look = { shown: { kind: 'online', status: null }, phoneStatus: '', caps: ownCaps('a hash') };

/** What the room says to whoever wants in. */
export type JoinAnswer = 'in' | 'conflict' | 'forbidden' | 'nothing';
/** How it puts somebody out (XEP-0045 §15.6.2). */
export const exits = { kicked: 307, banned: 301, 'shut down': 332 } as const;

type OnItsWay =
  { readonly presence: Element } | { readonly answer: (outcome: IqOutcome) => void; outcome: IqOutcome };

export class ScriptedRoom {
  readonly clock = new FakeClock();
  readonly room: OneRoom;
  /** The truth: whether the room has us on the present session. */
  inside = false;
  /** Since when it knows nothing of us and has not said so, as far as it could be asked (monotonic); null: it has said all. */
  forgotten: number | null = null;
  /** Its service answers. */
  up = true;
  /** What it says to those who come next; after that they get in. */
  readonly answers: JoinAnswer[] = [];
  #link: Link | null = null;
  #coming: OnItsWay[] = [];

  constructor() {
    const ports = { clock: this.clock, log: listLog(), random: { fraction: () => 0.5, id: () => 'a stay' } };
    const parts = {
      look: () => look,
      history: () => Promise.resolve({ is: 'since', at: 1_000 }),
      ...{ bookmarked: () => true, asking: () => [] },
      ...{ keep() {}, tell() {}, tellOccupants() {}, event() {}, came() {}, pictured() {}, onReady() {} },
    } as unknown as RoomParts;
    const context = { ports, link: () => this.#link } as unknown as SessionContext;
    this.room = createRoom(context, rowOf({ jid, nick: 'Juliet', name: null, password: null }, true), parts);
  }

  get online(): boolean {
    return this.#link !== null;
  }
  /** The room's word is on its way to us. */
  get speaks(): boolean {
    return this.#coming.some((one) => 'presence' in one);
  }

  /** A new session: nobody there is we. */
  begin(lookFirst: boolean): void {
    this.drop();
    this.#coming = [];
    this.inside = false;
    this.forgotten = null;
    this.#link = this.#line(null);
    if (lookFirst) this.room.look(look);
    this.room.wentOnline(false);
    if (!lookFirst) this.room.look(look);
  }
  /** The session goes on: what the room has said meanwhile comes yet. */
  resume(): void {
    if (this.#link) return;
    // It is asked before it looks so.
    if (this.forgotten !== null) this.forgotten = -Infinity;
    this.#link = this.#line({ id: 'the session', handled: 1 });
    this.room.wentOnline(true);
  }
  drop(): void {
    if (!this.#link) return;
    this.#link = null;
    const asked = this.#coming;
    this.#coming = asked.filter((one) => 'presence' in one);
    this.room.wentOffline();
    for (const one of asked) if ('answer' in one) one.answer(refuse('lost'));
  }
  /** Puts us out, and says so. */
  putOut(how: keyof typeof exits): void {
    if (!this.inside) return;
    this.inside = false;
    this.forgotten = null;
    this.#coming.push({ presence: own(user('none', 110, exits[how]), "type='unavailable'") });
  }
  /** Knows us no more, and does not say so. */
  forget(): void {
    if (this.inside) this.forgotten = this.clock.monotonic();
    this.inside = false;
  }
  serve(up: boolean): void {
    this.up = up;
    if (up && this.forgotten !== null && this.forgotten >= 0) this.forgotten = this.clock.monotonic();
  }

  /** So many stanzas reach us. */
  async deliver(count = Infinity): Promise<void> {
    await settle();
    for (let n = 0; n < count && this.#link; n += 1) {
      const next = this.#coming.shift();
      if (!next) return;
      if ('answer' in next) next.answer(next.outcome);
      else {
        const presence = parseRoomPresence(next.presence);
        if (presence) this.room.take(presence);
      }
      await settle();
    }
  }
  async wait(ms: number): Promise<void> {
    for (let step = 0; step < 10; step += 1) {
      await this.deliver();
      await this.clock.advance(ms / 10);
    }
    await this.deliver();
  }

  #line(resumed: Link['resumed']): Link {
    const link: Partial<Link> = {
      resumed,
      send: (element) => {
        this.#take(element);
      },
      iq: (_, query) =>
        new Promise((answer) => {
          this.#coming.push({ answer, outcome: this.#answer(query) });
        }),
    };
    return link as Link;
  }
  #answer(query: Element): IqOutcome {
    if (!this.up) return refuse('remote-server-not-found');
    const isPing = attr(query, 'xmlns') === 'urn:xmpp:ping';
    return isPing && !this.inside ? refuse('not-acceptable') : { ok: true, iq: info };
  }
  #take(presence: Element): void {
    if (attr(presence, 'type') === 'unavailable') {
      if (this.inside) this.#coming.push({ presence: own(user('none', 110), "type='unavailable'") });
      this.inside = false;
      this.forgotten = null;
      return;
    }
    if (!this.up) return;
    const answer = child(presence, 'x', MUC)
      ? (this.answers.shift() ?? 'in')
      : this.inside
        ? 'in'
        : 'nothing';
    if (answer === 'nothing') return;
    if (answer === 'in') {
      this.inside = true;
      this.forgotten = null;
      this.#coming.push({ presence: own(user('participant', 110)) });
    } else this.#coming.push({ presence: own(error(answer), "type='error'") });
  }
}
