import type { Affiliation, Role, Room, RoomPlan } from '../../../src-shared/model/room';
import type { Timer } from '../../ports';
import type { RoomRow } from '../../store/store';
import { planned } from '../../xmpp/xep/0045-config';
import {
  instantRoom,
  joinPresence,
  leavePresence,
  roomPresence,
  type JoinHistory,
  type RoomPresence,
} from '../../xmpp/xep/0045-muc';
import { ping } from '../../xmpp/xep/0199-ping';
import type { SessionContext } from '../context';
import { createOccupants } from './occupants';
import { configureRoom } from './make-room';
import type { OneRoom, RoomParts } from './one-room';
import { askRoom, unknownInfo } from './room-info';
import { restMs, step, type RoomInput, type RoomState } from './room-state';
import { createSilence } from './silence';

const JOIN_MS = 20_000;
/** A room without subject does not say where its history ends. */
const HISTORY_MS = 3_000;
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
  let plan: RoomPlan | undefined;
  let making: Promise<boolean> = Promise.resolve(true);
  let occupantId: string | null = null;
  let own: { role: Role; affiliation: Affiliation } = { role: 'none', affiliation: 'none' };
  /** Counts the ways in, so that what belongs to an earlier one is dropped. */
  let turn = 0;
  let timer: Timer | null = null;
  const silence = createSilence(clock, () => {
    ask().catch(failed('self-ping'));
  });
  const settled: (() => void)[] = [];
  const occupants = createOccupants(context.ports, (changed, gone) => {
    parts.tellOccupants(changed, gone);
    if (state.status.is === 'joined') parts.tell(shown());
  });

  const shown = (): Room => ({
    jid,
    name: row.name,
    subject: row.subject,
    description: info.description,
    nick: row.nick,
    status: state.status,
    occupants: occupants.size,
    ...own,
    open: info.open,
    membersOnly: info.membersOnly,
    ...(info.moderation === null ? {} : { moderation: true as const }),
    ...(info.card ? { card: true as const } : {}),
    bookmarked: parts.bookmarked(),
    asking: parts.asking(),
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
    timer = null;
    silence.stop();
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
  /** Out of it for now: what belongs to this way in is dropped. */
  const pause = (): void => {
    stop();
    turn += 1;
    state = { status: { is: 'waiting' }, tries: 0 };
  };
  const rest = (): void => {
    timer = clock.after(restMs(state.tries, random.fraction()), () => {
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
    awaitEntry(JOIN_MS);
    link.send(joinPresence(jid, row.nick, row.password, history, look));
  };

  /** A big room tells of thousands before it lets us in, over a slow line for long: only its silence counts (R22). */
  const awaitEntry = (ms: number): void => {
    timer = clock.after(ms, () => {
      const left = JOIN_MS - silence.lasts;
      if (left > 0) awaitEntry(left);
      else apply({ is: 'refused', error: { condition: 'timeout', type: 'wait', text: null } });
    });
  };

  const entered = (created: boolean): void => {
    timer?.cancel();
    inside = true;
    apply({ is: 'entered' });
    if (info.photo) parts.pictured(info.photo);
    silence.start();
    making = created ? makeIt() : Promise.resolve(true);
    settleIn().catch(failed('room-archive'));
  };
  /** §10.1.2: nobody else gets in before it is as its owner wants it. */
  const makeIt = async (): Promise<boolean> => {
    const link = context.link();
    if (!link) return false;
    const configured = plan ? (await configureRoom(link, jid, planned(plan))).ok : false;
    if (!configured) await link.iq('set', instantRoom(), { to: jid });
    await look();
    return configured || !plan;
  };
  const settleIn = async (): Promise<void> => {
    const link = context.link();
    const now = turn;
    if (!link) return;
    await making;
    if (now !== turn) return;
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

  const look = async (): Promise<void> => {
    const now = turn;
    const link = context.link();
    if (!link || !inside) return;
    const found = await askRoom(link, jid);
    if (now !== turn || 'condition' in found) return;
    info = found;
    if (info.name !== row.name) keep({ name: info.name });
    if (info.photo) parts.pictured(info.photo);
    parts.tell(shown());
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
    const renamed = codes.has(303) && nextNick !== null;
    occupants.remove(nick, ...(renamed ? [nextNick] : []));
    if (renamed) {
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
    const hats = info.hats === null ? [] : (presence.hats[info.hats] ?? []);
    const id = info.occupantIds ? presence.occupantId : null;
    occupants.put(
      { nick, jid: address, role, affiliation, kind, status, ...(hats.length > 0 ? { hats } : {}) },
      id,
    );
    if (!isOwn) return;
    own = { role, affiliation };
    occupantId = id;
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
    made: () => making,
    join({ nick, password, create: mayCreate, plan: wanted }) {
      create = mayCreate;
      plan = wanted;
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
    retell() {
      parts.tell(shown());
    },
    take(presence) {
      silence.heard();
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
    heard: silence.heard,
    changed() {
      look().catch(failed('room-info'));
    },
    doubt() {
      ask().catch(failed('self-ping'));
    },
    lost() {
      inside = false;
      apply({ is: 'lost' });
    },
    look(look) {
      const link = context.link();
      if (!link) return;
      // Of a session that is no more: there, this would be an old client's way in, and bring none of what was missed.
      const goesOn = inside && (state.status.is !== 'waiting' || link.resumed !== null);
      if (goesOn) link.send(roomPresence(jid, row.nick, look));
      else if (state.status.is === 'waiting' && row.wanted) apply({ is: 'join', byUser: false });
    },
    hide() {
      const link = context.link();
      if (!link || !['joined', 'joining', 'waiting'].includes(state.status.is)) return;
      if (state.status.is !== 'waiting') link.send(leavePresence(jid, row.nick));
      pause();
      forget();
      parts.tell(shown());
      settle();
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
      ready = false;
      if (['joined', 'joining', 'waiting'].includes(state.status.is)) {
        pause();
        parts.tell(shown());
      }
      settle();
    },
  };
};
