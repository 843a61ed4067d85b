import { done, failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import type { DataForm } from '../../../src-shared/model/form';
import { parseJid } from '../../../src-shared/model/jid';
import type { RoomMade, RoomPlan, RoomStatus } from '../../../src-shared/model/room';
import { localOf } from '../../../src-shared/model/room-address';
import type { Element } from '../../xmpp/element';
import { xmlText } from '../../xmpp/guards/xml-text';
import type { Link } from '../../xmpp/link';
import { parseForm, submitForm } from '../../xmpp/xep/0004-forms';
import { described, planned, prefilled } from '../../xmpp/xep/0045-config';
import { configForm, configGet, configSet, destroyRoom } from '../../xmpp/xep/0045-muc';
import type { SessionContext } from '../context';
import type { Invitations } from './invitations';
import type { OneRoom } from './one-room';
import type { ReservedRooms } from './reserved-rooms';
import { askRoom } from './room-info';

/** Rooms that are made here, and what only their owners may do. */
export interface RoomMaking {
  /** Makes a room and asks people into it. `room-exists`: a channel's name is taken. */
  create(plan: RoomPlan, people: readonly string[]): Promise<Outcome<RoomMade>>;
  /** Makes it and keeps others out until `configure` (XEP-0045 §10.1.3); its address. */
  reserve(plan: RoomPlan): Promise<Outcome<string>>;
  /** It is not to be after all. */
  giveUp(jid: string): Promise<Outcome<null>>;
  describe(jid: string, name: string, description: string): Promise<Outcome<null>>;
  /** XEP-0045 §10.2: all that its owner can set. */
  form(jid: string): Promise<Outcome<DataForm>>;
  /** With the values of the form that was asked for last, by their fields. */
  configure(jid: string, values: Readonly<Record<string, readonly string[]>>): Promise<Outcome<null>>;
  /** XEP-0045 §10.9: for everybody, and for good. */
  destroy(jid: string, reason: string | null): Promise<Outcome<null>>;
}

export interface MakingParts {
  readonly invitations: Pick<Invitations, 'invite'>;
  service(): Promise<string | null>;
  room(jid: string): OneRoom | undefined;
  join(jid: string, plan: RoomPlan): Promise<Outcome<RoomStatus>>;
  forget(jid: string): Promise<unknown>;
  readonly reserved: Pick<ReservedRooms, 'clear' | 'hold' | 'planOf' | 'open' | 'giveUp'>;
}

/** Makes the room what the entries say; false: the service does not take it. */
export const configureRoom = async (
  link: Link,
  jid: string,
  wanted: ReadonlyMap<string, string>,
): Promise<Outcome<null>> => {
  const asked = await link.iq('get', configGet(), { to: jid });
  if (!asked.ok) return failed('server-refused', { condition: asked.error.condition });
  const form = configForm(asked.iq);
  if (!form) return failed('not-offered');
  const set = await link.iq('set', configSet(submitForm(prefilled(form, wanted), {})), { to: jid });
  return set.ok ? done : failed('server-refused', { condition: set.error.condition });
};

/**
 * Whether a room was not made since its service would not. Else somebody was faster, and may have locked it; or its service tells
 * strangers nothing of it.
 */
export const isUnmade = ({ why }: Extract<RoomStatus, { is: 'refused' }>): boolean =>
  why === 'no-creation' || why === 'no-service' || why === 'other';

export const createMaking = (context: SessionContext, parts: MakingParts): RoomMaking => {
  const { ports } = context;
  /** The form that was shown last; what else is in it goes back as it came. */
  let shown: { readonly link: Link; readonly jid: string; readonly form: Element } | null = null;
  const owned = (jid: string): Outcome<{ readonly link: Link; readonly room: OneRoom }> => {
    const link = context.link();
    const room = parts.room(jid);
    if (!link) return failed('not-online');
    return room?.inside ? ok({ link, room }) : failed('no-room');
  };
  /** Where it goes, if nothing is there yet. */
  const siteOf = async (
    plan: RoomPlan,
  ): Promise<Outcome<{ readonly jid: string; readonly plan: RoomPlan }>> => {
    const link = context.link();
    if (!link) return failed('not-online');
    const service = await parts.service();
    if (service === null) return failed('not-offered');
    const name = xmlText(plan.name).trim();
    // Nobody shall learn a group's name from its address.
    const local = plan.kind === 'group' ? ports.random.id().slice(0, 16) : localOf(name);
    const address = parseJid(`${local}@${service}`);
    if (name === '' || !address || address.local === null) return failed('bad-nick');
    const found = await askRoom(link, address.bare, true);
    if (!('condition' in found)) return failed('room-exists', { room: address.bare });
    if (found.condition !== 'item-not-found') return failed('server-refused', { condition: found.condition });
    return ok({ jid: address.bare, plan: { ...plan, name, description: xmlText(plan.description).trim() } });
  };
  return {
    async create(wanted, people) {
      // Before anything is made: else it would be made again with the address put right.
      if (people.some((one) => parseJid(one) === null)) return failed('bad-jid');
      const site = await siteOf(wanted);
      if (!site.ok) return site;
      const { jid, plan } = site.value;
      const joined = await parts.join(jid, plan);
      if (!joined.ok) return joined;
      const status = joined.value;
      if (status.is === 'refused' && !isUnmade(status)) return failed('room-exists', { room: jid });
      if (status.is !== 'joined') {
        const condition = status.is === 'refused' ? status.condition : 'timeout';
        return failed('server-refused', { condition });
      }
      // Somebody was faster.
      if (!parts.room(jid)?.created) {
        await parts.forget(jid);
        return failed('room-exists', { room: jid });
      }
      const asPlanned = (await parts.room(jid)?.made()) ?? false;
      if (people.length > 0) {
        const invited = await parts.invitations.invite(jid, people, null);
        if (!invited.ok) return invited;
      }
      return ok({ room: jid, asPlanned });
    },
    async reserve(wanted) {
      await parts.reserved.clear();
      const site = await siteOf(wanted);
      if (!site.ok) return site;
      const held = await parts.reserved.hold(site.value.jid, site.value.plan);
      return held.ok ? ok(site.value.jid) : held;
    },
    giveUp: (jid) => parts.reserved.giveUp(jid),
    async describe(jid, name, description) {
      const there = owned(jid);
      if (!there.ok) return there;
      const wanted = described(xmlText(name).trim(), xmlText(description).trim());
      const changed = await configureRoom(there.value.link, jid, wanted);
      // Not every service tells of it (§10.2.1).
      if (changed.ok) there.value.room.changed();
      return changed;
    },
    async form(jid) {
      const there = owned(jid);
      if (!there.ok) return there;
      const { link } = there.value;
      const asked = await link.iq('get', configGet(), { to: jid });
      if (!asked.ok) return failed('server-refused', { condition: asked.error.condition });
      const found = configForm(asked.iq);
      if (!found) return failed('not-offered');
      const plan = parts.reserved.planOf(jid);
      const form = plan ? prefilled(found, planned(plan)) : found;
      shown = { link, jid, form };
      return ok(parseForm(form));
    },
    async configure(jid, values) {
      const there = owned(jid);
      if (!there.ok) return there;
      const { link, room } = there.value;
      // Another form, or none: nobody knows what the values mean.
      if (shown?.jid !== jid || shown.link !== link) return failed('changed-elsewhere');
      const clean = Object.fromEntries(
        Object.entries(values).map(([name, all]) => [name, all.map((value) => xmlText(value))]),
      );
      const isReserved = parts.reserved.planOf(jid) !== null;
      const set = await link.iq('set', configSet(submitForm(shown.form, clean)), { to: jid });
      // It was given up meanwhile, and is open all the same.
      if (set.ok && isReserved && parts.reserved.planOf(jid) === null) {
        await link.iq('set', destroyRoom(null), { to: jid });
        return failed('no-room');
      }
      if (!set.ok)
        return failed('server-refused', { condition: set.error.condition, text: set.error.text ?? '' });
      parts.reserved.open(jid);
      // Not every service tells of it (§10.2.1).
      room.changed();
      return done;
    },
    async destroy(jid, reason) {
      const there = owned(jid);
      if (!there.ok) return there;
      const why = reason === null ? null : xmlText(reason).trim() || null;
      const answer = await there.value.link.iq('set', destroyRoom(why), { to: jid });
      return answer.ok ? done : failed('server-refused', { condition: answer.error.condition });
    },
  };
};
