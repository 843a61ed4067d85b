import type { RoomRow } from '../../store/store';
import { leavePresence, roomPresence } from '../../xmpp/xep/0045-muc';
import { ping } from '../../xmpp/xep/0199-ping';
import { selfPing } from '../../xmpp/xep/0410-self-ping';
import type { StanzaError } from '../../xmpp/link';
import type { SessionContext } from '../context';
import type { OneRoom, RoomParts } from './one-room';
import { takesMembers } from './registration';
import { createRoomEntry } from './room-entry';
import { createPresences } from './room-presences';
import { createRoomSelf } from './room-self';
import { restMs, step, type RoomInput } from './room-state';
import { createSilence } from './silence';

const PING_MS = 20_000;

export const createRoom = (context: SessionContext, first: RoomRow, parts: RoomParts): OneRoom => {
  const { clock, random, log } = context.ports;
  const { jid } = first;
  const self = createRoomSelf(context.ports, first, parts);
  const settled: (() => void)[] = [];
  const failed = (what: string) => (error: unknown) => {
    log.warn(what, { reason: error instanceof Error ? error.name : 'unknown' });
  };
  const silence = createSilence(clock, () => {
    ask().catch(failed('self-ping'));
  });
  const stop = (): void => {
    self.timer?.cancel();
    self.timer = null;
    silence.stop();
  };
  const settle = (): void => {
    for (const done of settled.splice(0)) done();
  };

  const apply = (input: RoomInput): void => {
    const before = self.state;
    const [next, act] = step(before, input);
    self.state = next;
    if (next === before) return;
    if (next.status.is !== 'joined') {
      stop();
      // A session that goes on finds those in the room as they were.
      if (next.status.is !== 'joining' && input.is !== 'paused') self.forget();
    }
    const exit = next.status.is === 'out' && next.status.why !== 'left' ? next.status : null;
    // §7.2.6: a wrong one opens nothing; any other refusal says nothing of it.
    if (next.status.is === 'refused' && next.status.why === 'password' && self.row.password !== null)
      self.keep({ password: null });
    if (exit || self.row.exit) self.keep({ exit, ...(exit ? { wanted: false } : {}) });
    self.tell();
    if (act === 'join') enter();
    if (act === 'rest') rest();
    if (act === 'ask') ask().catch(failed('self-ping'));
    if (next.status.is !== 'joining') settle();
  };
  /** A disk that fails on the way in leaves nobody on it. */
  const enter = (): void => {
    const entering = entry.enter();
    const { turn } = self;
    entering.catch((error: unknown) => {
      failed('room-join')(error);
      if (turn === self.turn) apply({ is: 'lost' });
    });
  };
  const rest = (): void => {
    self.timer = clock.after(restMs(self.state.tries, random.fraction()), () => {
      if (context.link()) apply({ is: 'join', byUser: false });
    });
  };
  /** Out of it for now: what belongs to this way in is dropped. */
  const pause = (): void => {
    self.turn += 1;
    self.ready = false;
    apply({ is: 'paused' });
  };

  const entry = createRoomEntry(context, self, { room: parts, silence, apply, failed });
  /** §7.10: a room for members alone may take new ones. */
  const refuse = async (error: StanzaError): Promise<void> => {
    const { turn } = self;
    const link = context.link();
    const registers =
      error.condition === 'registration-required' && link !== null && (await takesMembers(link, jid));
    if (turn === self.turn) apply({ is: 'refused', error, registers });
  };
  const takePresence = createPresences(self, {
    ...{ room: parts, apply, entered: entry.entered },
    refused: (error) => {
      refuse(error).catch(failed('room-refusal'));
    },
  });

  /** XEP-0410 §3.2: what our own address in the room answers, or the room in its place. */
  const ask = async (): Promise<void> => {
    const { turn } = self;
    const link = context.link();
    if (!link || !self.inside) return;
    const answer = await link.iq('get', ping(), { to: `${jid}/${self.row.nick}`, timeoutMs: PING_MS });
    if (turn !== self.turn || !self.isInside() || context.link() !== link) return;
    const says = selfPing(answer.ok ? null : answer.error);
    if (says === 'out') {
      self.inside = false;
      apply({ is: 'lost' });
      return;
    }
    // Nobody knows: the next silence asks again, and a room that was only believed in is entered anew.
    if (self.state.status.is !== 'joining') return;
    if (says === 'unknown') apply({ is: 'lost' });
    else entry.entered(false);
  };

  return {
    jid,
    occupants: self.occupants,
    get info() {
      return self.info;
    },
    get nick() {
      return self.row.nick;
    },
    get occupantId() {
      return self.occupantId;
    },
    get inside() {
      return self.inside;
    },
    get ready() {
      return self.ready && self.state.status.is === 'joined';
    },
    get fresh() {
      return self.fresh;
    },
    get created() {
      return self.created;
    },
    get wanted() {
      return self.row.wanted;
    },
    shown: self.shown,
    row: () => self.row,
    made: entry.made,
    join({ nick, password, create, plan }) {
      entry.wants(create, plan);
      const link = context.link();
      if (self.inside && link) link.send(leavePresence(jid, self.row.nick));
      self.keep({ nick, password, wanted: true, exit: null });
      return new Promise((resolve) => {
        settled.push(resolve);
        apply({ is: 'join', byUser: true });
      });
    },
    leave() {
      const link = context.link();
      if (link && self.state.status.is !== 'out') link.send(leavePresence(jid, self.row.nick));
      self.turn += 1;
      stop();
      self.keep({ wanted: false, exit: null });
      apply({ is: 'left' });
    },
    retell: self.tell,
    take(presence) {
      silence.heard();
      takePresence(presence);
    },
    subject(nick, text) {
      const changed = text !== (self.row.subject ?? '');
      if (changed) {
        self.keep({ subject: text === '' ? null : text });
        self.tell();
        if ((self.ready || self.told) && nick !== '') parts.event('subject', nick, text);
      }
      // The first one is what it was when we came.
      self.told = self.inside;
      if (self.inside && !self.info.archive) entry.becomeReady();
    },
    heard: silence.heard,
    changed() {
      entry.look().catch(failed('room-info'));
    },
    doubt() {
      ask().catch(failed('self-ping'));
    },
    lost() {
      self.inside = false;
      apply({ is: 'lost' });
    },
    look(look) {
      const link = context.link();
      if (!link) return;
      const { status } = self.state;
      // Of a session that is no more: there, this would be an old client's way in, and bring none of what was missed.
      const goesOn = self.inside && (status.is !== 'waiting' || link.resumed !== null);
      if (goesOn) link.send(roomPresence(jid, self.row.nick, look));
      else if (status.is === 'waiting' && self.row.wanted) apply({ is: 'join', byUser: false });
    },
    hide() {
      const link = context.link();
      const { is } = self.state.status;
      if (!link || is === 'out' || is === 'refused') return;
      if (is !== 'waiting') link.send(leavePresence(jid, self.row.nick));
      pause();
      self.forget();
      self.tell();
    },
    wentOnline(resumed) {
      if (resumed && self.inside) {
        // The session goes on; whether the room does is asked before it looks so.
        self.ready = false;
        apply({ is: 'resumed' });
        return;
      }
      // Word of how others see us may have come first: it is in, or on the way.
      const { is } = self.state.status;
      if (!self.row.wanted || self.row.exit !== null || is === 'joining' || is === 'joined') return;
      self.inside = false;
      apply({ is: 'join', byUser: false });
    },
    wentOffline() {
      pause();
      settle();
    },
  };
};
