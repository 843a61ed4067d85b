import { attr, child, childText, CLIENT, type Element } from '../../src-main/xmpp/element';
import type { Timer } from '../../src-main/ports';
import type { Chance } from './chance';
import type { Tally } from './faults';
import { readFrame } from './read-frame';
import { Archive, type Entry } from './server-archive';
import { domain, ns, own, peers, type ServerKind } from './server-kind';
import { answerIq } from './server-queries';
import { Session } from './server-session';
import type { Timeline } from './timeline';
import type { ServerEnd, Wire } from './wire';

const features = (content: string): string =>
  `<stream:features xmlns:stream='http://etherx.jabber.org/streams'>${content}</stream:features>`;
const bareOf = (jid: string): string => jid.split('/', 1)[0] ?? '';
/** So long a session may take to hand itself over. */
const GIVES_UP_MS = 15_000;
const serverEpoch = Date.UTC(2026, 0, 1);

/** A server of one account, its peers and its other device, as a model: what it was given, it remembers. */
export class SimulatedServer {
  readonly archive: Archive;
  /** What each peer has got from us, copies too, in order. */
  readonly got = new Map<string, string[]>(peers.map((peer) => [peer, []]));
  /** What each peer has said to us, and our other device to them, in the order of the server. */
  readonly said = new Map<string, { body: string; direction: 'in' | 'out' }[]>(peers.map((p) => [p, []]));
  reachable = true;
  /** Acknowledgements of the client that cannot be (XEP-0198). */
  readonly miscounts: string[] = [];
  /** The client's process has just begun. */
  freshLife = false;
  /** When the last of what dead sessions hold is in the archive. */
  heldUntil = 0;
  readonly #told = new Set<string>();
  #session: Session | null = null;
  #waiting: Timer | null = null;
  #offline: Entry[] = [];
  #wires = new Set<Wire>();

  constructor(
    private readonly time: Timeline,
    private readonly chance: Chance,
    readonly kind: ServerKind,
    private readonly tally: Tally,
  ) {
    this.archive = new Archive(chance, kind.wholeSeconds);
  }

  now(): number {
    return serverEpoch + this.time.now;
  }

  /** Whether there are messages that the client is not known to have. */
  get owes(): boolean {
    return this.#session?.unacked.some(({ entry }) => entry !== null) ?? false;
  }

  /** The client is there, and can be written to. */
  get online(): boolean {
    return this.#session?.available === true && this.#session.wire !== null;
  }

  accept(wire: Wire): void {
    this.#wires.add(wire);
    let session: Session | null = null;
    let authenticated = false;
    const end = wire.server;
    const take = (frame: string): void => {
      const element = readFrame(frame);
      if (element.getName() === 'open') {
        end.send(`<open xmlns='${ns.framing}' from='${domain}' id='s' version='1.0'/>`);
        end.send(
          features(
            authenticated
              ? `<bind xmlns='${ns.bind}'/>${this.kind.sm === 'none' ? '' : `<sm xmlns='${ns.sm}'/>`}`
              : `<mechanisms xmlns='${ns.sasl}'><mechanism>PLAIN</mechanism></mechanisms>`,
          ),
        );
      } else if (element.getName() === 'auth') {
        authenticated = true;
        end.send(`<success xmlns='${ns.sasl}'/>`);
      } else if (element.getName() === 'resume')
        this.#free(() => {
          if (end.open) session = this.#resume(end, element);
        });
      else if (child(element, 'bind', ns.bind)) session = this.#bind(end, element);
      else if (session?.wire === end) this.#live(session, element);
      else if (element.getName() === 'iq') this.#iq(end, null, element);
    };
    end.onFrame = take;
    end.onGone = () => {
      this.#wires.delete(wire);
      if (session?.wire === end) this.#left(session);
    };
  }

  /** Every line is reset; with `all` the sessions are forgotten too, as by a restart. */
  cutLines(up: number, down: number, all = false): void {
    for (const wire of [...this.#wires]) wire.cut(up, down);
    if (all) this.forget();
  }

  blackHole(): void {
    for (const wire of this.#wires) wire.blackHole();
  }

  /** Acknowledges more than was sent (R4); false: it cannot now. */
  claimTooMuch(): boolean {
    return this.#session?.claimTooMuch() ?? false;
  }

  /** The lines are given up here, as after a long silence; the client sleeps. */
  fadeLines(): void {
    for (const wire of [...this.#wires]) wire.fade();
  }

  /** What waits to be resumed is given up. */
  forget(): void {
    if (this.#session && this.#session.wire === null) this.#end(this.#session);
  }

  peerSays(peer: string, body: string): void {
    // Short ids are a client's own counters: they are known again by their time, which a clock that steps spoils.
    const id = this.chance.hex(this.kind.shortIds ? 8 : 32);
    this.said.get(peer)?.push({ body, direction: 'in' });
    const ids = this.chance.happens(0.7) ? `<origin-id xmlns='${ns.sid}' id='${id}'/>` : '';
    this.#comes({
      at: this.now(),
      peer,
      direction: 'in',
      body,
      head: `from='${peer}/x' type='chat' id='${id}'`,
      content: `<body>${body}</body>${ids}`,
    });
  }

  /** The other device of the account writes. */
  deviceSays(peer: string, body: string): void {
    const id = this.chance.hex(8);
    // Without carbons nobody tells of it until the archive is asked for another reason.
    if (this.kind.archive && this.kind.carbons) this.said.get(peer)?.push({ body, direction: 'out' });
    const entry = this.#keep({
      at: this.now(),
      peer,
      direction: 'out',
      body,
      head: `from='${own}/phone' to='${peer}' type='chat' id='${id}'`,
      content: `<body>${body}</body><origin-id xmlns='${ns.sid}' id='${id}'/>`,
    });
    if (this.#session?.carbons) this.#tells(entry);
    const forwarded = `<forwarded xmlns='${ns.forward}'><message xmlns='${CLIENT}' ${entry.head}>${entry.content}</message></forwarded>`;
    if (this.#session?.carbons)
      this.#session.message(
        `<message xmlns='${CLIENT}' from='${own}' to='${this.#session.jid}'><sent xmlns='${ns.carbons}'>${forwarded}</sent></message>`,
        null,
      );
  }

  #keep(entry: Omit<Entry, 'id' | 'place'>): Entry {
    return this.kind.archive ? this.archive.add(entry) : { ...entry, id: '', place: 0 };
  }

  /** A message for us: with a dead session it waits there, and is in the archive late. */
  #comes(given: Omit<Entry, 'id' | 'place'>): void {
    const session = this.#session;
    const wait = session?.comes(this.time.now) ?? 0;
    if (!session || wait === 0) {
      this.#toUs(this.#keep(given));
      return;
    }
    this.tally.add('held');
    const entry = this.archive.number(given);
    this.heldUntil = Math.max(this.heldUntil, this.time.now + wait);
    this.time.after(wait, () => {
      this.archive.put(entry);
    });
    session.message(this.#stanza(entry, session, ''), entry);
  }

  /** When the session of before can be asked for; it is given up where that takes longer than ejabberd waits. */
  #free(then: () => void): void {
    const session = this.#session;
    const busy = session?.busy(this.time.now) ?? 0;
    if (!session || busy === 0) {
      then();
      return;
    }
    this.time.after(Math.min(busy, GIVES_UP_MS), () => {
      if (busy > GIVES_UP_MS) this.#end(session);
      then();
    });
  }

  #toUs(entry: Entry): void {
    const session = this.#session;
    if (session?.available) session.message(this.#stanza(entry, session, ''), entry);
    else if (this.kind.offline && entry.body !== '') this.#offline.push(entry);
  }

  /** One more copy of a message goes to the client. */
  #tells({ peer, body }: Entry): void {
    if (body === '') return;
    const message = `${peer} ${body}`;
    if (this.#told.has(message)) this.tally.add('R8');
    this.#told.add(message);
  }

  #stanza(entry: Entry, session: Session, more: string): string {
    this.#tells(entry);
    const id =
      entry.id !== '' && this.kind.stanzaIds
        ? `<stanza-id xmlns='${ns.sid}' by='${own}' id='${entry.id}'/>`
        : '';
    return `<message xmlns='${CLIENT}' to='${session.jid}' ${entry.head}>${entry.content}${id}${more}</message>`;
  }

  #bind(end: ServerEnd, iq: Element): Session {
    if (this.#session) this.#end(this.#session);
    this.freshLife = false;
    const resource = childText(child(iq, 'bind', ns.bind) ?? iq, 'resource', ns.bind) ?? 'r';
    const session = new Session(end, `${own}/${resource}`, this.chance, (what) => this.miscounts.push(what));
    this.#session = session;
    const jid = `<bind xmlns='${ns.bind}'><jid>${session.jid}</jid></bind>`;
    end.send(`<iq xmlns='${CLIENT}' type='result' id='${attr(iq, 'id') ?? ''}'>${jid}</iq>`);
    return session;
  }

  #resume(end: ServerEnd, resume: Element): Session | null {
    const session = this.#session;
    const counted = Number(attr(resume, 'h'));
    const known = session && session.resumeId !== null && session.resumeId === attr(resume, 'previd');
    // Prosody 13: fewer stanzas than were acknowledged before are as wrong as more than were sent.
    if (known && !session.fits(counted)) {
      this.miscounts.push(`resumed at ${counted}, where there is no place`);
      this.#end(session);
    }
    if (!known || !session.fits(counted)) {
      this.tally.add('R3');
      const h = this.kind.failedWithCount && session ? ` h='${session.handled}'` : '';
      end.send(`<failed xmlns='${ns.sm}'${h}><item-not-found xmlns='${ns.stanzas}'/></failed>`);
      return null;
    }
    this.tally.add('resumed');
    if (this.freshLife) this.tally.add('resumed after a kill');
    this.freshLife = false;
    if (this.kind.sm === 'lies') this.tally.add('R26');
    this.tally.add('R8', session.unacked.filter(({ entry }) => entry !== null && entry.body !== '').length);
    this.#waiting?.cancel();
    session.wire = end;
    end.send(`<resumed xmlns='${ns.sm}' previd='${session.resumeId}' h='${session.handled}'/>`);
    session.lost = this.kind.sm === 'lies';
    session.resumed(counted);
    return session;
  }

  #left(session: Session): void {
    session.wire = null;
    if (this.kind.holds && session.available && this.chance.happens(0.5)) session.stuck(this.time.now);
    if (session.resumeId === null || session.lost) this.#end(session);
    else
      this.#waiting = this.time.after(300_000, () => {
        if (session.wire === null) this.#end(session);
      });
  }

  #end(session: Session): void {
    if (this.#session !== session) return;
    this.#session = null;
    session.wire = null;
    if (!this.kind.offline) return;
    // What it was not known to have got waits for it.
    for (const { entry } of session.unacked) if (entry && entry.body !== '') this.#offline.push(entry);
  }

  #live(session: Session, element: Element): void {
    const name = element.getName();
    if (session.lost) return;
    if (name === 'close' || name === 'stream:error') {
      session.resumeId = null;
      session.wire?.close();
    } else if (name === 'enable') {
      const wants =
        attr(element, 'resume') === 'true' && (this.kind.sm === 'resume' || this.kind.sm === 'lies');
      session.enable(wants ? this.chance.hex(10) : null);
    } else if (name === 'r') session.wire?.send(`<a xmlns='${ns.sm}' h='${session.handled}'/>`);
    else if (name === 'a') session.acknowledged(Number(attr(element, 'h')));
    else {
      session.count();
      if (name === 'iq') this.#iq(session.wire, session, element);
      else if (name === 'presence') this.#presence(session, element);
      else if (name === 'message') this.#message(element);
    }
  }

  #presence(session: Session, presence: Element): void {
    if (attr(presence, 'to') !== undefined) return;
    const before = session.available;
    session.available = attr(presence, 'type') === undefined;
    if (before || !session.available) return;
    for (const peer of peers)
      session.stanza(`<presence xmlns='${CLIENT}' from='${peer}/x' to='${session.jid}'/>`);
    for (const entry of this.#offline.splice(0)) {
      const delay = `<delay xmlns='urn:xmpp:delay' from='${domain}' stamp='${this.archive.stamp(entry.at)}'/>`;
      session.message(this.#stanza(entry, session, delay), entry);
    }
  }

  #message(message: Element): void {
    const peer = bareOf(attr(message, 'to') ?? '');
    const body = childText(message, 'body', CLIENT);
    const copies = this.got.get(peer);
    if (body === null || !copies) return;
    copies.push(body);
    const id = attr(message, 'id') ?? '';
    this.#keep({
      at: this.now(),
      peer,
      direction: 'out',
      body,
      head: `from='${own}/here' to='${peer}' type='chat' id='${id}'`,
      content: message
        .getChildElements()
        .map((part) => part.toString())
        .join(''),
    });
    if (!this.kind.receipts) return;
    this.time.after(this.chance.between(10, 2_000), () => {
      this.#comes({
        at: this.now(),
        peer,
        direction: 'in',
        body: '',
        head: `from='${peer}/x' type='chat' id='${this.chance.hex(8)}'`,
        content: `<received xmlns='urn:xmpp:receipts' id='${id}'/>`,
      });
    });
  }

  #iq(end: ServerEnd | null, session: Session | null, iq: Element): void {
    const { kind, archive, tally } = this;
    answerIq(iq, session, (frame) => end?.send(frame), {
      kind,
      archive,
      tally,
      tells: (entry) => {
        this.#tells(entry);
      },
    });
  }
}
