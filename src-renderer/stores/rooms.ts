import { defineStore } from 'pinia';
import { computed, shallowRef, triggerRef } from 'vue';
import { call } from '../bridge/bridge';
import type { AppEvent } from '../../src-shared/ipc/events';
import type { Outcome } from '../../src-shared/ipc/errors';
import type { DataForm } from '../../src-shared/model/form';
import type { AffiliationEntry, AffiliationList } from '../../src-shared/model/room-powers';
import type { RoomRegistered, RoomRegistration } from '../../src-shared/model/room-registration';
import {
  privateOf,
  type Affiliation,
  type Invitation,
  type Occupant,
  type Room,
  type Role,
  type RoomMade,
  type RoomPlan,
  type RoomsState,
  type RoomStatus,
} from '../../src-shared/model/room';
import { translatorOf } from '../../src-shared/i18n';
import { plainName } from '../text/names';
import { useApp } from './app';
import { localPart } from './jid';
import { openFeed, type Feed } from './stream';

/** What goes to main is nobody else's to change. */
const copied = (values: Readonly<Record<string, readonly string[]>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(values).map(([name, all]) => [name, [...all]]));

/** Rooms of the shown account, and who is in those that are looked at. */
export const useRooms = defineStore('rooms', () => {
  const app = useApp();
  let account = '';
  let feed: Feed | null = null;
  const rooms = shallowRef(new Map<string, Room>());
  const service = shallowRef<string | null>(null);
  /** To rooms, by the room. */
  const invitations = shallowRef<ReadonlyMap<string, Invitation>>(new Map());
  const occupants = shallowRef<ReadonlyMap<string, Occupant>>(new Map());
  let people: Feed | null = null;

  const apply = (events: readonly AppEvent[]): void => {
    for (const event of events) {
      if (event.topic !== 'rooms' || event.account !== account) continue;
      if (event.type === 'room') rooms.value.set(event.room.jid, event.room);
      else if (event.type === 'room-gone') rooms.value.delete(event.jid);
      else if (event.type === 'service') service.value = event.service;
      else {
        const next = new Map(invitations.value);
        if (event.type === 'invitation') next.set(event.invitation.room, event.invitation);
        else next.delete(event.room);
        invitations.value = next;
      }
    }
    triggerRef(rooms);
  };
  /** Shows the rooms of another account; null shows none. */
  const open = async (id: string | null): Promise<void> => {
    feed?.close();
    feed = null;
    account = id ?? '';
    rooms.value = new Map();
    service.value = null;
    invitations.value = new Map();
    if (!id) return;
    const opened = openFeed({
      topics: ['rooms'],
      load: () => call('rooms.state', { account }),
      put: (value: RoomsState) => {
        rooms.value = new Map(value.rooms.map((room) => [room.jid, room]));
        service.value = value.service;
        invitations.value = new Map(value.invitations.map((one) => [one.room, one]));
      },
      apply,
      // Asked again by itself; until then there are none.
      fail: () => undefined,
    });
    feed = opened.feed;
    await opened.ready;
  };

  /** Follows who is in one room, and in no other; null: nobody looks. */
  const watchPeople = (jid: string | null): void => {
    people?.close();
    people = null;
    occupants.value = new Map();
    if (jid === null) return;
    people = openFeed({
      topics: [`occupants:${jid}`],
      load: () => call('room.occupants', { account, peer: jid }),
      put: (value: readonly Occupant[]) => {
        occupants.value = new Map(value.map((one) => [one.nick, one]));
      },
      apply: (events) => {
        const next = new Map(occupants.value);
        for (const event of events) {
          if (event.topic !== 'occupants' || event.peer !== jid || event.account !== account) continue;
          for (const nick of event.gone) next.delete(nick);
          for (const one of event.changed) next.set(one.nick, one);
        }
        occupants.value = next;
      },
      fail: () => undefined,
    }).feed;
  };

  const room = (jid: string): Room | null => rooms.value.get(jid) ?? null;
  /** The room that a conversation is, or that it is in (T10); null: it is none. */
  const roomOf = (peer: string): string | null => {
    const jid = privateOf(peer)?.room ?? peer;
    return rooms.value.has(jid) ? jid : null;
  };
  /** What a room, or somebody in one, is called; another function once that may be something else. */
  const namer = computed(() => {
    const known = rooms.value;
    const t = translatorOf(app.locale);
    return (peer: string): string | null => {
      const within = privateOf(peer);
      const jid = within?.room ?? peer;
      const room = known.get(jid);
      if (!room) return null;
      const name = plainName(room.name ?? '', localPart(jid));
      return within ? t('room.private-name', { nick: plainName(within.nick, '?'), room: name }) : name;
    };
  });
  const nameOf = (peer: string): string | null => namer.value(peer);
  /** Those that we are in or want to be in, those that ended it, and those that any device has in its list, by name. */
  const listed = computed(() =>
    [...rooms.value.values()]
      .filter(({ status, bookmarked }) => bookmarked || status.is !== 'out' || status.why !== 'left')
      .sort((a, b) => (nameOf(a.jid) ?? '').localeCompare(nameOf(b.jid) ?? '')),
  );

  return {
    rooms,
    service,
    invitations,
    occupants,
    listed,
    open,
    watchPeople,
    room,
    roomOf,
    namer,
    nameOf,
    /** Who is in a room now; nobody where that is not known. */
    peopleIn: async (jid: string): Promise<readonly Occupant[]> => {
      const answer = await call('room.occupants', { account, peer: jid });
      return answer.ok ? answer.value.value : [];
    },
    has: (jid: string): boolean => rooms.value.has(jid),
    join: (
      peer: string,
      nick: string | null,
      password: string | null,
      { create = false, keepPassword = false } = {},
    ): Promise<Outcome<RoomStatus>> =>
      call('room.join', { account, peer, nick, password, create, keepPassword }),
    form: (peer: string): Promise<Outcome<DataForm>> => call('room.form', { account, peer }),
    configure: (peer: string, values: Readonly<Record<string, readonly string[]>>): Promise<Outcome<null>> =>
      call('room.configure', { account, peer, values: copied(values) }),
    registration: (peer: string): Promise<Outcome<RoomRegistration>> =>
      call('room.registration', { account, peer }),
    register: (
      peer: string,
      values: Readonly<Record<string, readonly string[]>>,
    ): Promise<Outcome<RoomRegistered>> => call('room.register', { account, peer, values: copied(values) }),
    giveNameBack: (peer: string): Promise<Outcome<null>> => call('room.giveNameBack', { account, peer }),
    setRole: (peer: string, nick: string, role: Role, reason: string | null): Promise<Outcome<null>> =>
      call('room.setRole', { account, peer, nick, role, reason }),
    setAffiliation: (
      peer: string,
      jid: string,
      affiliation: Affiliation,
      reason: string | null,
    ): Promise<Outcome<null>> => call('room.setAffiliation', { account, peer, jid, affiliation, reason }),
    affiliations: (peer: string, list: AffiliationList): Promise<Outcome<readonly AffiliationEntry[]>> =>
      call('room.affiliations', { account, peer, list }),
    askVoice: (peer: string): Promise<Outcome<null>> => call('room.askVoice', { account, peer }),
    passOver: (peer: string, nick: string): Promise<Outcome<null>> =>
      call('room.passOver', { account, peer, nick }),
    forget: (peer: string): Promise<Outcome<null>> => call('room.forget', { account, peer }),
    leave: (peer: string): Promise<Outcome<null>> => call('room.leave', { account, peer }),
    create: (plan: RoomPlan, people: readonly string[]): Promise<Outcome<RoomMade>> =>
      call('room.create', { account, plan, people: [...people] }),
    reserve: (plan: RoomPlan): Promise<Outcome<string>> => call('room.reserve', { account, plan }),
    giveUp: (peer: string): Promise<Outcome<null>> => call('room.giveUp', { account, peer }),
    destroy: (peer: string, reason: string | null): Promise<Outcome<null>> =>
      call('room.destroy', { account, peer, reason }),
    describe: (peer: string, name: string, description: string): Promise<Outcome<null>> =>
      call('room.describe', { account, peer, name, description }),
    setPicture: (
      peer: string,
      picture: { type: 'image/png' | 'image/jpeg'; data: string } | null,
    ): Promise<Outcome<null>> => call('room.picture', { account, peer, picture }),
    decline: (peer: string): Promise<Outcome<null>> => call('invitation.decline', { account, peer }),
    invite: (peer: string, people: readonly string[], reason: string | null): Promise<Outcome<null>> =>
      call('room.invite', { account, peer, people: [...people], reason }),
    setSubject: (peer: string, subject: string): Promise<Outcome<null>> =>
      call('room.subject', { account, peer, subject }),
  };
});
