import type { RoomEvent } from '../../../src-shared/model/conversation';
import type { Affiliation, Occupant, Role, Room } from '../../../src-shared/model/room';
import type { Timer } from '../../ports';
import type { RoomRow } from '../../store/store';
import type { Link } from '../../xmpp/link';
import {
  instantRoom,
  joinPresence,
  leavePresence,
  roomPresence,
  type JoinHistory,
  type Look,
  type RoomPresence,
} from '../../xmpp/xep/0045-muc';
import { ping } from '../../xmpp/xep/0199-ping';
import type { SessionContext } from '../context';
import { createOccupants, type Occupants } from './occupants';
import { askRoom, unknownInfo, type RoomInfo } from './room-info';
import { step, type RoomInput, type RoomState } from './room-state';

/** One room of the account, from the way in to the way out. */
export interface OneRoom {
  readonly jid: string;
  readonly occupants: Occupants;
  readonly info: RoomInfo;
  readonly nick: string;
  /** XEP-0421, our own in this room. */
  readonly occupantId: string | null;
  /** Whether the room counts us in on this session: what it sends counts (T10). */
  readonly inside: boolean;
  /** In it, and all that was missed is here: what was written goes out, and nothing twice (R3). */
  readonly ready: boolean;
  /** Never joined before: what it tells of the time before is history, and not unread. */
  readonly fresh: boolean;
  readonly wanted: boolean;
  shown(): Room;
  /** As it is kept on disk. */
  row(): RoomRow;
  /** Resolves once the room has let us in, or has not, or it takes too long. */
  join(as: {
    readonly nick: string;
    readonly password: string | null;
    readonly create: boolean;
  }): Promise<void>;
  leave(): void;
  take(presence: RoomPresence): void;
  /** The room's subject; it also ends what comes along at the beginning (XEP-0045 §7.2.15). */
  subject(nick: string, text: string): void;
  /** Something came from the room: it is there. */
  heard(): void;
  /** Nobody there, it seems: the room is asked whether we are (XEP-0410). */
  doubt(): void;
  /** It has said itself that we are not in it. */
  lost(): void;
  /** Others in the room are to see us so. */
  look(look: Look): void;
  wentOnline(resumed: boolean): void;
  wentOffline(): void;
}

export interface RoomParts {
  /** How others see us; null: not at all. */
  look(): Look | null;
  /** A password, a nick, a subject … to be kept. */
  keep(row: RoomRow): void;
  tell(room: Room): void;
  tellOccupants(changed: readonly Occupant[], gone: readonly string[]): void;
  event(event: RoomEvent, nick: string, body: string): void;
  /** What of its history comes along, where it has no archive. */
  history(): Promise<JoinHistory>;
  /** Reads what its archive has; resolves when that is here, or refused. */
  catchUp(link: Link): Promise<void>;
  /** Everything that was missed is here. */
  onReady(): void;
}

const JOIN_MS = 20_000;
/** A room without subject does not say where its history ends. */
const HISTORY_MS = 3_000;
const FIRST_REST_MS = 2_000;
const LONGEST_REST_MS = 300_000;
/** XEP-0410 §3.1: so long a room may be silent before it is asked. */
const SILENCE_MS = 300_000;
const PING_MS = 20_000;

export const createRoom = (context: SessionContext, first: RoomRow, parts: RoomParts): OneRoom => {
  const { clock, random, log } = context.ports;
  const { jid } = first;
  let row = first;
  let state: RoomState = {
    status:
      row.exit ??
      (row.wanted ? { is: 'waiting' } : { is: 'out', why: 'left', actor: null, reason: null, instead: null }),
    tries: 0,
  };
  let info = unknownInfo;
  let inside = false;
  let ready = false;
  let fresh = false;
  /** The room has said its subject since we came. */
  let told = false;
  let create = false;
  let occupantId: string | null = null;
  let own: { role: Role; affiliation: Affiliation } = { role: 'none', affiliation: 'none' };
  /** Counts the ways in, so that what belongs to an earlier one is dropped. */
  let turn = 0;
  let timer: Timer | null = null;
  let watch: Timer | null = null;
  let lastHeard = 0;
  const settled: (() => void)[] = [];
  const occupants = createOccupants(clock, (changed, gone) => {
    parts.tellOccupants(changed, gone);
    if (state.status.is === 'joined') parts.tell(shown());
  });

  const shown = (): Room => ({
    jid,
    name: row.name,
    subject: row.subject,
    nick: row.nick,
    status: state.status,
    occupants: occupants.size,
    ...own,
    open: info.open,
  });
  const keep = (change: Partial<RoomRow>): void => {
    row = { ...row, ...change };
    parts.keep(row);
  };
  const isInside = (): boolean => inside;
  const failed = (what: string) => (error: unknown) => {
    log.warn(what, { reason: error instanceof Error ? error.name : 'unknown' });
  };
  const stop = (): void => {
    timer?.cancel();
    watch?.cancel();
    timer = watch = null;
  };
  const forget = (): void => {
    inside = ready = told = false;
    own = { role: 'none', affiliation: 'none' };
    occupants.clear();
  };

  const apply = (input: RoomInput): void => {
    const before = state;
    const [next, act] = step(state, input);
    state = next;
    if (next === before) return;
    if (next.status.is !== 'joined') {
      stop();
      if (next.status.is !== 'joining') forget();
    }
    const exit = next.status.is === 'out' && next.status.why !== 'left' ? next.status : null;
    if (exit || row.exit) keep({ exit, ...(exit ? { wanted: false } : {}) });
    parts.tell(shown());
    if (act === 'join') enter().catch(failed('room-join'));
    if (act === 'rest') rest();
    if (!['joining', 'waiting'].includes(next.status.is) || act === 'rest') settle();
  };
  const settle = (): void => {
    for (const done of settled.splice(0)) done();
  };
  const rest = (): void => {
    const ceiling = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (state.tries - 1));
    timer = clock.after(ceiling * (0.5 + random.fraction() / 2), () => {
      if (context.link()) apply({ is: 'join', byUser: false });
    });
  };

  const enter = async (): Promise<void> => {
    const now = ++turn;
    const link = context.link();
    if (!link || !parts.look()) {
      state = { ...state, status: { is: 'waiting' } };
      parts.tell(shown());
      settle();
      return;
    }
    forget();
    const found = await askRoom(link, jid);
    if (now !== turn || state.status.is !== 'joining') return;
    if (!('condition' in found)) {
      info = found;
      if (info.name !== row.name) keep({ name: info.name });
    } else if (found.condition !== 'item-not-found' || !create) {
      apply({ is: 'refused', error: found });
      return;
    } else info = unknownInfo;
    const history: JoinHistory = info.archive ? { is: 'none' } : await parts.history();
    // Nothing is awaited from here on: what the stream brings next is after our presence.
    const look = parts.look();
    if (now !== turn || context.link() !== link || !look) return;
    fresh = history.is === 'last';
    timer = clock.after(JOIN_MS, () => {
      apply({ is: 'refused', error: { condition: 'timeout', type: 'wait', text: null } });
    });
    link.send(joinPresence(jid, row.nick, row.password, history, look));
  };

  const entered = (created: boolean): void => {
    timer?.cancel();
    inside = true;
    apply({ is: 'entered' });
    lastHeard = clock.monotonic();
    listen();
    settleIn(created).catch(failed('room-archive'));
  };
  const settleIn = async (created: boolean): Promise<void> => {
    const link = context.link();
    const now = turn;
    if (!link) return;
    if (created) {
      // §10.1.2: nobody else gets in before it is as its owner wants it.
      await link.iq('set', instantRoom(), { to: jid });
      const made = await askRoom(link, jid);
      if (now !== turn) return;
      if (!('condition' in made)) info = made;
    }
    if (info.archive) {
      await parts.catchUp(link);
      if (now === turn && inside) becomeReady();
    } else timer = clock.after(HISTORY_MS, becomeReady);
  };
  const becomeReady = (): void => {
    timer?.cancel();
    if (ready || !inside) return;
    ready = true;
    parts.onReady();
  };

  /** Asks a room that has been silent for long whether we are still in it. */
  const listen = (): void => {
    watch?.cancel();
    watch = clock.after(SILENCE_MS, () => {
      if (clock.monotonic() - lastHeard >= SILENCE_MS) ask().catch(failed('self-ping'));
      listen();
    });
  };
  /** XEP-0410 §3.2: what our own address in the room answers, or the room in its place. */
  const ask = async (): Promise<void> => {
    const now = turn;
    const link = context.link();
    if (!link || !inside) return;
    const answer = await link.iq('get', ping(), { to: `${jid}/${row.nick}`, timeoutMs: PING_MS });
    if (now !== turn || !isInside() || context.link() !== link) return;
    const condition = answer.ok ? null : answer.error.condition;
    if (condition === 'not-acceptable' || condition === 'item-not-found') {
      inside = false;
      apply({ is: 'lost' });
      return;
    }
    // Nobody knows: the next silence asks again, and a room that was only believed in is entered anew.
    const unknown =
      condition !== null && !['service-unavailable', 'feature-not-implemented'].includes(condition);
    if (state.status.is !== 'joining') return;
    if (unknown) apply({ is: 'lost' });
    else entered(false);
  };

  const takeUnavailable = (presence: RoomPresence, isOwn: boolean): void => {
    const { nick, codes, nextNick } = presence;
    occupants.remove(nick);
    if (codes.has(303) && nextNick !== null) {
      // T10: whoever goes on under another nick is seen to.
      if (inside) parts.event(isOwn ? 'own-nick' : 'renamed', nick, nextNick);
      if (isOwn) keep({ nick: nextNick });
      return;
    }
    if (isOwn) {
      if (state.status.is !== 'joined' && !inside) return;
      inside = false;
      apply({ is: 'removed', by: presence });
      const { status } = state;
      if (status.is === 'out' && status.why !== 'left') parts.event(status.why, '', status.reason ?? '');
    } else if (codes.has(301)) parts.event('banned', nick, presence.reason ?? '');
    else if (codes.has(307) && !codes.has(333)) parts.event('kicked', nick, presence.reason ?? '');
  };
  const takeAvailable = (presence: RoomPresence, isOwn: boolean): void => {
    const { nick, jid: address, role, affiliation, kind, status, codes } = presence;
    occupants.put({ nick, jid: address, role, affiliation, kind, status });
    if (!isOwn) return;
    own = { role, affiliation };
    occupantId = info.occupantIds ? presence.occupantId : null;
    if (nick !== row.nick) keep({ nick });
    if (state.status.is === 'joining' && !inside) entered(codes.has(201));
    else parts.tell(shown());
  };

  return {
    jid,
    occupants,
    get info() {
      return info;
    },
    get nick() {
      return row.nick;
    },
    get occupantId() {
      return occupantId;
    },
    get inside() {
      return inside;
    },
    get ready() {
      return ready && state.status.is === 'joined';
    },
    get fresh() {
      return fresh;
    },
    get wanted() {
      return row.wanted;
    },
    shown,
    row: () => row,
    join({ nick, password, create: mayCreate }) {
      create = mayCreate;
      const link = context.link();
      if (inside && link) link.send(leavePresence(jid, row.nick));
      keep({ nick, password, wanted: true, exit: null });
      return new Promise((resolve) => {
        settled.push(resolve);
        apply({ is: 'join', byUser: true });
      });
    },
    leave() {
      const link = context.link();
      if (link && state.status.is !== 'out') link.send(leavePresence(jid, row.nick));
      turn += 1;
      stop();
      keep({ wanted: false, exit: null });
      apply({ is: 'left' });
    },
    take(presence) {
      this.heard();
      const isOwn = presence.codes.has(110) || presence.nick === row.nick;
      if (presence.type === 'error') {
        const { error } = presence;
        if (error && (isOwn || presence.nick === '')) apply({ is: 'refused', error });
      } else if (presence.type === 'unavailable') takeUnavailable(presence, isOwn);
      else takeAvailable(presence, isOwn);
    },
    subject(nick, text) {
      const changed = text !== (row.subject ?? '');
      if (changed) {
        keep({ subject: text === '' ? null : text });
        parts.tell(shown());
        if ((ready || told) && nick !== '') parts.event('subject', nick, text);
      }
      // The first one is what it was when we came.
      told = inside;
      if (inside && !info.archive) becomeReady();
    },
    heard() {
      lastHeard = clock.monotonic();
    },
    doubt() {
      ask().catch(failed('self-ping'));
    },
    lost() {
      inside = false;
      apply({ is: 'lost' });
    },
    look(look) {
      if (inside) context.link()?.send(roomPresence(jid, row.nick, look));
      else if (state.status.is === 'waiting' && row.wanted && context.link())
        apply({ is: 'join', byUser: false });
    },
    wentOnline(resumed) {
      const goesOn = resumed && inside;
      if (goesOn) {
        // The session goes on; whether the room does is asked before it looks so.
        state = { status: { is: 'joining' }, tries: 0 };
        ready = false;
        parts.tell(shown());
        ask().catch(failed('self-ping'));
        return;
      }
      if (row.wanted && row.exit === null) {
        inside = false;
        apply({ is: 'join', byUser: false });
      }
    },
    wentOffline() {
      stop();
      turn += 1;
      ready = false;
      if (['joined', 'joining', 'waiting'].includes(state.status.is)) {
        state = { status: { is: 'waiting' }, tries: 0 };
        parts.tell(shown());
      }
      settle();
    },
  };
};
