import { done, failed, type Outcome } from '../../../src-shared/ipc/errors';
import { bareJid, parseJid } from '../../../src-shared/model/jid';
import type { Invitation } from '../../../src-shared/model/room';
import type { InvitationRow } from '../../store/store';
import { attr, type Element } from '../../xmpp/element';
import { isWithin } from '../../xmpp/guards/own-domain';
import { xmlText } from '../../xmpp/guards/xml-text';
import {
  declineInvitation,
  mediatedInvitation,
  parseDecline,
  parseMediatedInvitation,
} from '../../xmpp/xep/0045-invitations';
import {
  DIRECT_INVITATION,
  directInvitation,
  parseDirectInvitation,
  type DirectInvitation,
} from '../../xmpp/xep/0249-direct-invitations';
import { readId } from '../../xmpp/xep/0359-stanza-ids';
import { messageType, parseBody } from '../../xmpp/xep/6121-message';
import type { SessionContext } from '../context';
import type { Notices } from '../notices';
import type { Roster } from '../roster';
import { admit } from './admit';
import type { OneRoom } from './one-room';
import { askRoom } from './room-info';

/** Invitations to rooms: those that came wait for an answer (nobody is ever taken into a room by one, T7), and those that we send. */
export interface Invitations {
  load(): Promise<void>;
  save(): Promise<void>;
  list(): readonly Invitation[];
  /** The password that came along. */
  passwordOf(room: string): string | null;
  /** True: the message was an invitation, or an answer to one of ours, and means nothing else. */
  take(message: Element): Promise<boolean>;
  /** One out of the archive: it waits unless it is known, or was answered. @param at the archive's time */
  kept(message: Element, at: number): Promise<void>;
  /** We are in the room, or do not want to be. */
  remove(room: string): Promise<void>;
  decline(room: string): Promise<Outcome<null>>;
  invite(room: string, people: readonly string[], reason: string | null): Promise<Outcome<null>>;
  wentOnline(): void;
}

export interface InvitationParts {
  readonly notices: Pick<Notices, 'invitation' | 'invitationGone'>;
  isBlocked(bare: string): boolean;
  /** Every app of a contact that is online is known to do without this. */
  lacks(bare: string, feature: string): boolean;
  readonly roster: Pick<Roster, 'find'>;
  room(jid: string): OneRoom | undefined;
}

interface Sent {
  readonly room: string;
  readonly to: string;
  /** What still goes by ourselves, if the room passes on nothing of whoever is no admin of it, as ejabberd's. */
  readonly direct?: DirectInvitation;
}

/** More wait only from people that mean harm: the oldest go. */
const MOST = 100;
const MAX_REASON = 1_000;
const MAX_NAME = 200;
/** Until when those to a room have been answered: the archive tells of them again. */
const answered = (room: string): string => `invitation-answered:${room}`;

export const createInvitations = (context: SessionContext, parts: InvitationParts): Invitations => {
  const { account, store, hub, ports } = context;
  const waiting = new Map<string, InvitationRow>();
  /** What the rooms are called: the address of a group says nothing. */
  const names = new Map<string, string>();
  /** The last ones sent, by their ids: an error tells that one did not reach anybody. */
  const sent = new Map<string, Sent>();

  const isAt = (room: string, domain: string | undefined): boolean => {
    const service = parseJid(room)?.domain ?? '';
    return domain !== undefined && isWithin(service, domain);
  };
  /**
   * What a room says of who invites is only its word: it counts where the own server vouches for the room, or where both are of one
   * server.
   */
  const isProved = ({ room, by, direct }: InvitationRow): boolean => {
    if (direct || by === null) return direct;
    return isAt(room, context.domain) || isAt(room, parseJid(by)?.domain);
  };
  const shown = (row: InvitationRow): Invitation => {
    const { room, by, direct, reason, at } = row;
    const name = names.get(room);
    return { room, ...(name === undefined ? {} : { name }), by, proved: isProved(row), direct, reason, at };
  };
  /** T31: who asks is there, and only the own server and a contact's know that anyway. */
  const learnName = async ({ room, by }: InvitationRow): Promise<void> => {
    const link = context.link();
    const isContact = by !== null && parts.roster.find(by) !== null;
    const mayAsk = isAt(room, context.domain) || (isContact && isAt(room, parseJid(by)?.domain));
    if (!link || !mayAsk || names.has(room)) return;
    const info = await askRoom(link, room);
    const name = 'condition' in info ? '' : (info.name ?? '').slice(0, MAX_NAME);
    const row = waiting.get(room);
    if (name === '' || !row) return;
    names.set(room, name);
    hub.emit({ topic: 'rooms', type: 'invitation', account, invitation: shown(row) });
  };
  const notLearned = (error: unknown): void => {
    ports.log.warn('invitation-name', { reason: error instanceof Error ? error.name : 'unknown' });
  };
  const remove = async (room: string): Promise<void> => {
    if (!waiting.delete(room)) return;
    names.delete(room);
    await store.putSetting(answered(room), String(context.serverNow()));
    await store.removeInvitation(room);
    hub.emit({ topic: 'rooms', type: 'invitation-gone', account, room });
    parts.notices.invitationGone(room);
  };
  const add = async (row: InvitationRow): Promise<void> => {
    const isBlocked = [row.room, ...(row.by === null ? [] : [row.by])].some(parts.isBlocked);
    if (isBlocked || row.by === context.bare || parts.room(row.room)?.inside) return;
    const [oldest] = waiting.keys();
    if (waiting.size >= MOST && oldest !== undefined && !waiting.has(row.room)) await remove(oldest);
    const again = waiting.has(row.room);
    waiting.delete(row.room);
    waiting.set(row.room, row);
    await store.putInvitation(row);
    hub.emit({ topic: 'rooms', type: 'invitation', account, invitation: shown(row) });
    // Whoever invites twice is told of once.
    if (again) return;
    const contact = row.by !== null && isProved(row) ? parts.roster.find(row.by) : null;
    // Not waited for: other messages would wait too.
    learnName(row).then(() => {
      if (waiting.has(row.room))
        parts.notices.invitation(
          names.get(row.room) ?? row.room,
          row.room,
          contact?.name ?? row.by,
          contact !== null,
        );
    }, notLearned);
  };
  const tell = async (room: string, event: 'declined' | 'invite-failed', who: string, body: string) => {
    const message = await store.addRoomEvent(room, event, who, body, context.serverNow());
    hub.emit({ topic: 'messages', type: 'message', account, message });
  };
  const takeError = async (message: Element): Promise<boolean> => {
    const id = readId(message);
    const invited = id === null ? undefined : sent.get(id);
    const from = bareJid(attr(message, 'from') ?? '');
    if (id === null || !invited || (from !== invited.room && from !== invited.to)) return false;
    sent.delete(id);
    const { direct } = invited;
    if (direct) context.link()?.send(directInvitation(invited.to, ports.random.id(), direct));
    await tell(invited.room, 'invite-failed', invited.to, '');
    return true;
  };

  const mediatedIn = (message: Element, at: number): InvitationRow | null => {
    const mediated = parseMediatedInvitation(message);
    const reason = mediated?.reason?.slice(0, MAX_REASON) ?? null;
    return mediated && { ...mediated, reason, direct: false, at };
  };
  const directIn = (message: Element, at: number): InvitationRow | null => {
    const direct = parseDirectInvitation(message);
    const by = bareJid(attr(message, 'from') ?? '');
    if (!direct || by === null || parts.room(by)) return null;
    const reason = (direct.reason ?? parseBody(message))?.slice(0, MAX_REASON) ?? null;
    return { ...direct, by, reason, direct: true, at };
  };

  return {
    async load() {
      for (const row of await store.invitations()) waiting.set(row.room, row);
    },
    async save() {
      for (const row of waiting.values()) await store.putInvitation(row);
    },
    list: () => [...waiting.values()].map(shown),
    passwordOf: (room) => waiting.get(room)?.password ?? null,
    async take(message) {
      if (messageType(message) === 'error') return takeError(message);
      if (messageType(message) === 'groupchat') return false;
      const at = ports.clock.now();
      const mediated = mediatedIn(message, at);
      if (mediated) {
        await add(mediated);
        return true;
      }
      const declined = parseDecline(message);
      if (declined) {
        if (parts.room(declined.room)?.inside)
          await tell(declined.room, 'declined', declined.by, declined.reason?.slice(0, MAX_REASON) ?? '');
        return true;
      }
      const direct = directIn(message, at);
      if (!direct) return false;
      await add(direct);
      return true;
    },
    async kept(message, at) {
      const row = mediatedIn(message, at) ?? directIn(message, at);
      if (!row || row.room === context.bare || waiting.has(row.room) || parts.room(row.room)) return;
      if (at > Number((await store.setting(answered(row.room))) ?? 0)) await add(row);
    },
    remove,
    wentOnline() {
      for (const row of waiting.values()) learnName(row).catch(notLearned);
    },
    async decline(room) {
      const row = waiting.get(room);
      if (!row) return done;
      if (row.direct || row.by === null) {
        await remove(room);
        return done;
      }
      const link = context.link();
      if (!link) return failed('not-online');
      link.send(declineInvitation(room, ports.random.id(), row.by));
      await remove(room);
      return done;
    },
    async invite(jid, people, reason) {
      const link = context.link();
      const room = parts.room(jid);
      if (!link) return failed('not-online');
      if (!room?.inside) return failed('no-room');
      const addresses = people.map((one) => parseJid(one)?.bare ?? null);
      const invited = addresses.filter((one) => one !== null);
      if (invited.length < addresses.length) return failed('bad-jid');
      const why = reason === null ? null : xmlText(reason).trim() || null;
      const { membersOnly } = room.info;
      const { affiliation } = room.shown();
      let above: ReadonlySet<string> = new Set();
      if (membersOnly && (affiliation === 'owner' || affiliation === 'admin')) {
        const admitted = await admit(link, jid, invited, affiliation);
        if (!admitted.ok) return admitted;
        above = admitted.value;
      }
      for (const to of invited) {
        const id = ports.random.id();
        const direct: DirectInvitation = { room: jid, reason: why, password: room.row().password };
        // The room's word for it is as old as rooms: everybody understands that one, Spark no other.
        const spark = !membersOnly && parts.lacks(to, DIRECT_INVITATION);
        sent.set(id, { room: jid, to, ...(spark ? { direct } : {}) });
        const [first] = sent.keys();
        if (sent.size > MOST && first !== undefined) sent.delete(first);
        const byRoom = (membersOnly && !above.has(to)) || spark;
        link.send(byRoom ? mediatedInvitation(jid, id, to, why) : directInvitation(to, id, direct));
      }
      return done;
    },
  };
};
