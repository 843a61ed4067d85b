import type { RoomPlan } from '../../../src-shared/model/room';
import { planned } from '../../xmpp/xep/0045-config';
import { instantRoom, joinPresence, type JoinHistory } from '../../xmpp/xep/0045-muc';
import { DISK_REST_MS } from '../archive/rests';
import type { SessionContext } from '../context';
import { configureRoom } from './make-room';
import type { Creating, RoomParts } from './one-room';
import { askRoom, unknownInfo, type RoomInfo } from './room-info';
import type { RoomSelf } from './room-self';
import type { RoomInput } from './room-state';
import type { Silence } from './silence';

const JOIN_MS = 20_000;
/** A room without subject does not say where its history ends. */
const HISTORY_MS = 3_000;

/** The way into a room: from the question what it is, to the moment when everything that was missed is here. */
export interface RoomEntry {
  /** What may be made where there is nothing yet. */
  wants(create: Creating, plan: RoomPlan | undefined): void;
  enter(): Promise<void>;
  /** The room has said that we are in it; `created`: and that it was not there before. */
  entered(created: boolean): void;
  /** Its subject ends what comes along at the beginning (XEP-0045 §7.2.15). */
  becomeReady(): void;
  /** Once it was made: whether it is as it was to be. */
  made(): Promise<boolean>;
  /** Asks it again what it is. */
  look(): Promise<void>;
}

export interface EntryParts {
  readonly room: RoomParts;
  readonly silence: Silence;
  apply(input: RoomInput): void;
  failed(what: string): (error: unknown) => void;
}

export const createRoomEntry = (
  context: SessionContext,
  self: RoomSelf,
  { room, silence, apply, failed }: EntryParts,
): RoomEntry => {
  const { clock } = context.ports;
  const { jid } = self.row;
  let create: Creating = false;
  let plan: RoomPlan | undefined;
  let making: Promise<boolean> = Promise.resolve(true);

  const learn = (info: RoomInfo): void => {
    self.info = info;
    // A room that tells strangers nothing is what it was.
    if (info === unknownInfo) return;
    const { name, open, membersOnly } = info;
    const { row } = self;
    if (name !== row.name || open !== row.open || membersOnly !== row.membersOnly)
      self.keep({ name, open, membersOnly });
  };

  /** A big room tells of thousands before it lets us in, over a slow line for long: only its silence counts (R22). */
  const awaitEntry = (ms: number): void => {
    self.timer = clock.after(ms, () => {
      const left = JOIN_MS - silence.lasts;
      if (left > 0) awaitEntry(left);
      else apply({ is: 'refused', error: { condition: 'timeout', type: 'wait', text: null } });
    });
  };

  const look = async (): Promise<void> => {
    const { turn } = self;
    const link = context.link();
    if (!link || !self.inside) return;
    const found = await askRoom(link, jid);
    if (turn !== self.turn || 'condition' in found) return;
    const was = self.info;
    learn(found);
    // §10.2.1: all are to know who sees their address from now on; whoever is alone here has shown it to nobody.
    const wasTold = was !== unknownInfo && found !== unknownInfo && self.occupants.size > 1;
    if (wasTold && was.open !== found.open)
      room.event(found.open ? 'non-anonymous' : 'semi-anonymous', '', '');
    if (found.photo) room.pictured(found.photo);
    self.tell();
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
  const becomeReady = (): void => {
    self.timer?.cancel();
    if (self.ready || !self.inside) return;
    self.ready = true;
    room.onReady();
  };
  const settleIn = async (): Promise<void> => {
    const link = context.link();
    const { turn } = self;
    if (!link) return;
    await making;
    if (turn !== self.turn) return;
    if (self.info.archive) {
      await room.catchUp(link);
      if (turn === self.turn && self.inside) becomeReady();
    } else self.timer = clock.after(HISTORY_MS, becomeReady);
  };

  /** Nothing that was written goes out before it is done: a disk that fails is asked again (R12). */
  const settle = (): void => {
    const { turn } = self;
    settleIn().catch((error: unknown) => {
      failed('room-archive')(error);
      if (turn !== self.turn || !self.inside) return;
      self.timer?.cancel();
      self.timer = clock.after(DISK_REST_MS, settle);
    });
  };

  return {
    wants(mayCreate, wanted) {
      create = mayCreate;
      plan = wanted;
    },
    async enter() {
      const turn = ++self.turn;
      self.asked = false;
      const link = context.link();
      if (!link || !room.look()) {
        apply({ is: 'paused' });
        return;
      }
      self.forget();
      const found = await askRoom(link, jid, create !== false);
      if (turn !== self.turn || self.state.status.is !== 'joining') return;
      if (!('condition' in found)) learn(found);
      else if (found.condition === 'item-not-found' && create !== false) self.info = unknownInfo;
      else {
        apply({ is: 'refused', error: found });
        return;
      }
      const history: JoinHistory = self.info.archive ? { is: 'none' } : await room.history();
      // Nothing is awaited from here on: what the stream brings next is after our presence.
      const shown = room.look();
      if (turn !== self.turn || context.link() !== link || !shown) return;
      self.fresh = history.is === 'last';
      awaitEntry(JOIN_MS);
      self.asked = true;
      link.send(joinPresence(jid, self.row.nick, self.row.password, history, shown));
    },
    entered(created) {
      self.timer?.cancel();
      self.inside = true;
      self.created = created;
      apply({ is: 'entered' });
      if (self.info.photo) room.pictured(self.info.photo);
      silence.start();
      const notMade = (error: unknown): boolean => {
        failed('room-made')(error);
        return false;
      };
      making = created && create !== 'locked' ? makeIt().catch(notMade) : Promise.resolve(true);
      settle();
    },
    becomeReady,
    made: () => making,
    look,
  };
};
