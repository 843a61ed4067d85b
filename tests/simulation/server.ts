import { parseXml } from '../../src-main/xmpp/stream/strict-xml';
import { attr, child, childText, CLIENT, type Element } from '../../src-main/xmpp/element';
import type { Timer } from '../../src-main/ports';
import type { Chance } from './chance';
import { Archive, type Entry } from './server-archive';
import { Session } from './server-session';
import type { Timeline } from './timeline';
import type { ServerEnd, Wire } from './wire';

export const domain = 'sim.test';
export const own = `juliet@${domain}`;
export const peers = [`romeo@${domain}`, `nurse@${domain}`] as const;

/** What a server can do, and how. */
export interface ServerKind {
  /** XEP-0198: none, acknowledgements alone, resumption, or one that resumes and loses everything (R26). */
  readonly sm: 'none' | 'acks' | 'resume' | 'lies';
  readonly archive: boolean;
  /** XEP-0160; always where there is no archive. */
  readonly offline: boolean;
  readonly carbons: boolean;
  readonly stanzaIds: boolean;
  readonly wholeSeconds: boolean;
  readonly failedWithCount: boolean;
  readonly receipts: boolean;
  /** Of the peers’ clients. */
  readonly shortIds: boolean;
}

export const ns = {
  framing: 'urn:ietf:params:xml:ns:xmpp-framing',
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  bind: 'urn:ietf:params:xml:ns:xmpp-bind',
  sm: 'urn:xmpp:sm:3',
  mam: 'urn:xmpp:mam:2',
  carbons: 'urn:xmpp:carbons:2',
  forward: 'urn:xmpp:forward:0',
  sid: 'urn:xmpp:sid:0',
  stanzas: 'urn:ietf:params:xml:ns:xmpp-stanzas',
} as const;

const features = (content: string): string =>
  `<stream:features xmlns:stream='http://etherx.jabber.org/streams'>${content}</stream:features>`;
const bareOf = (jid: string): string => jid.split('/', 1)[0] ?? '';
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
  #session: Session | null = null;
  #waiting: Timer | null = null;
  #offline: Entry[] = [];
  #wires = new Set<Wire>();

  constructor(
    private readonly time: Timeline,
    private readonly chance: Chance,
    readonly kind: ServerKind,
  ) {
    this.archive = new Archive(chance, kind.wholeSeconds);
  }

  now(): number {
    return serverEpoch + this.time.now;
  }

  /** Whether everything that it had for the client has arrived there. */
  get quiet(): boolean {
    return this.#session !== null && this.#session.wire !== null && this.#session.unacked.length === 0;
  }

  accept(wire: Wire): void {
    this.#wires.add(wire);
    let session: Session | null = null;
    let authenticated = false;
    const end = wire.server;
    const take = (frame: string): void => {
      const parsed = parseXml(frame);
      if (!parsed.ok) throw new Error(`the client wrote ${frame}`);
      const { element } = parsed;
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
      } else if (element.getName() === 'resume') session = this.#resume(end, element);
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

  /** What waits to be resumed is given up. */
  forget(): void {
    if (this.#session && this.#session.wire === null) this.#end(this.#session);
  }

  peerSays(peer: string, body: string): void {
    // Short ids are a client's own counters: they are known again by their time, which a clock that steps spoils.
    const id = this.chance.hex(this.kind.shortIds ? 8 : 32);
    this.said.get(peer)?.push({ body, direction: 'in' });
    const ids = this.chance.happens(0.7) ? `<origin-id xmlns='${ns.sid}' id='${id}'/>` : '';
    this.#toUs(
      this.#keep({
        at: this.now(),
        peer,
        direction: 'in',
        body,
        head: `from='${peer}/x' type='chat' id='${id}'`,
        content: `<body>${body}</body>${ids}`,
      }),
    );
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
    const forwarded = `<forwarded xmlns='${ns.forward}'><message xmlns='${CLIENT}' ${entry.head}>${entry.content}</message></forwarded>`;
    if (this.#session?.carbons)
      this.#session.message(
        `<message xmlns='${CLIENT}' from='${own}' to='${this.#session.jid}'><sent xmlns='${ns.carbons}'>${forwarded}</sent></message>`,
        null,
      );
  }

  #keep(entry: Omit<Entry, 'id'>): Entry {
    return this.kind.archive ? this.archive.add(entry) : { ...entry, id: '' };
  }

  #toUs(entry: Entry): void {
    const session = this.#session;
    if (session?.available) session.message(this.#stanza(entry, session, ''), entry);
    else if (this.kind.offline && entry.body !== '') this.#offline.push(entry);
  }

  #stanza(entry: Entry, session: Session, more: string): string {
    const id =
      entry.id !== '' && this.kind.stanzaIds
        ? `<stanza-id xmlns='${ns.sid}' by='${own}' id='${entry.id}'/>`
        : '';
    return `<message xmlns='${CLIENT}' to='${session.jid}' ${entry.head}>${entry.content}${id}${more}</message>`;
  }

  #bind(end: ServerEnd, iq: Element): Session {
    if (this.#session) this.#end(this.#session);
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
    if (known && !session.fits(counted)) this.#end(session);
    if (!known || !session.fits(counted)) {
      const h = this.kind.failedWithCount && session ? ` h='${session.handled}'` : '';
      end.send(`<failed xmlns='${ns.sm}'${h}><item-not-found xmlns='${ns.stanzas}'/></failed>`);
      return null;
    }
    this.#waiting?.cancel();
    session.wire = end;
    end.send(`<resumed xmlns='${ns.sm}' previd='${session.resumeId}' h='${session.handled}'/>`);
    session.lost = this.kind.sm === 'lies';
    session.resumed(counted);
    return session;
  }

  #left(session: Session): void {
    session.wire = null;
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
    if (name === 'close') {
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
      this.#toUs(
        this.#keep({
          at: this.now(),
          peer,
          direction: 'in',
          body: '',
          head: `from='${peer}/x' type='chat' id='${this.chance.hex(8)}'`,
          content: `<received xmlns='urn:xmpp:receipts' id='${id}'/>`,
        }),
      );
    });
  }

  #iq(end: ServerEnd | null, session: Session | null, iq: Element): void {
    const id = attr(iq, 'id') ?? '';
    const to = attr(iq, 'to');
    const from = to === undefined ? '' : ` from='${to}'`;
    const answer = (type: string, content: string): void => {
      const frame = `<iq xmlns='${CLIENT}' type='${type}' id='${id}'${from}>${content}</iq>`;
      if (session) session.stanza(frame);
      else end?.send(frame);
    };
    const refuse = (condition: string): void => {
      answer('error', `<error type='cancel'><${condition} xmlns='${ns.stanzas}'/></error>`);
    };
    const [query] = iq.getChildElements();
    const type = attr(iq, 'type');
    if (type !== 'get' && type !== 'set') return;
    switch (query?.getNS()) {
      case 'jabber:iq:roster':
        answer(
          'result',
          `<query xmlns='jabber:iq:roster'>${peers.map((jid) => `<item jid='${jid}' subscription='both'/>`).join('')}</query>`,
        );
        return;
      case 'http://jabber.org/protocol/disco#info':
        answer('result', this.#info());
        return;
      case 'urn:xmpp:ping':
        answer('result', '');
        return;
      case 'jabber:iq:version':
        answer(
          'result',
          `<query xmlns='jabber:iq:version'><name>Simulated</name><version>1</version></query>`,
        );
        return;
      case ns.carbons:
        if (!this.kind.carbons || !session) return refuse('service-unavailable');
        session.carbons = true;
        answer('result', '');
        return;
      case ns.mam:
        if (!this.kind.archive || !session) return refuse('service-unavailable');
        this.#archiveQuery(session, query, answer, refuse);
        return;
      default:
        refuse('service-unavailable');
    }
  }

  #archiveQuery(
    session: Session,
    query: Element,
    answer: (type: string, content: string) => void,
    refuse: (condition: string) => void,
  ): void {
    const found = query.getName() === 'query' ? this.archive.query(query) : null;
    if (!found) return refuse('item-not-found');
    for (const entry of found.results) {
      const delay = `<delay xmlns='urn:xmpp:delay' stamp='${this.archive.stamp(entry.at)}'/>`;
      const inner = `<message xmlns='${CLIENT}' ${entry.head}>${entry.content}</message>`;
      session.stanza(
        `<message xmlns='${CLIENT}' from='${own}' to='${session.jid}'><result xmlns='${ns.mam}' queryid='${attr(query, 'queryid') ?? ''}' id='${entry.id}'>` +
          `<forwarded xmlns='${ns.forward}'>${delay}${inner}</forwarded></result></message>`,
      );
    }
    answer('result', found.fin);
  }

  #info(): string {
    const vars = [
      ...(this.kind.archive ? [ns.mam] : []),
      ...(this.kind.archive && this.kind.stanzaIds ? [ns.sid] : []),
      ...(this.kind.carbons ? [ns.carbons] : []),
      ...(this.kind.offline ? ['msgoffline'] : []),
    ].map((feature) => `<feature var='${feature}'/>`);
    return `<query xmlns='http://jabber.org/protocol/disco#info'><identity category='server' type='im'/>${vars.join('')}</query>`;
  }
}
