import { defineStore } from 'pinia';
import { computed, shallowRef, triggerRef } from 'vue';
import { call } from '../bridge/bridge';
import type { RosterState } from '../../src-shared/ipc/states';
import type { AppEvent } from '../../src-shared/ipc/events';
import type { CallError, Outcome } from '../../src-shared/ipc/errors';
import type { Contact, ContactRequest } from '../../src-shared/model/contact';
import { offlinePresence, type Presence } from '../../src-shared/model/presence';
import { plainName } from '../text/names';
import { localPart } from './jid';
import { useRooms } from './rooms';
import { openFeed, type Feed } from './stream';

/** Contacts and contact requests of the shown account. */
export const useRoster = defineStore('roster', () => {
  let account = '';
  let feed: Feed | null = null;
  const rooms = useRooms();
  const state = shallowRef<'idle' | 'loading' | 'ready' | 'error'>('idle');
  const error = shallowRef<CallError | null>(null);
  /** By bare JID; one map, told as changed once for each batch (10,000 contacts come online in a few). */
  const contacts = shallowRef(new Map<string, Contact>());
  /** As the server has them; told as changed apart from presence, which comes by the thousand and leaves them alone. */
  const names = shallowRef(new Map<string, string | null>());
  /** Counts the changes of `contacts`, for who watches it as a whole. */
  const version = shallowRef(0);
  const requests = shallowRef<readonly ContactRequest[]>([]);

  const put = (value: RosterState): void => {
    contacts.value = new Map(value.contacts.map((contact) => [contact.jid, contact]));
    names.value = new Map(value.contacts.map(({ jid, name }) => [jid, name]));
    version.value += 1;
    requests.value = value.requests;
    error.value = null;
    state.value = 'ready';
  };
  const withoutRequest = (jid: string): readonly ContactRequest[] =>
    requests.value.filter((request) => request.jid !== jid);
  /** The name of somebody in the list, or that there is nobody (undefined); true when that is news. */
  const putName = (jid: string, name: string | null | undefined): boolean => {
    if (names.value.get(jid) === name) return false;
    if (name === undefined) names.value.delete(jid);
    else names.value.set(jid, name);
    return true;
  };
  const apply = (events: readonly AppEvent[]): void => {
    let touched = false;
    let renamed = false;
    for (const event of events) {
      if (event.topic !== 'roster' || event.account !== account) continue;
      if (event.type === 'contact') {
        contacts.value.set(event.contact.jid, event.contact);
        renamed = putName(event.contact.jid, event.contact.name) || renamed;
      } else if (event.type === 'removed') {
        contacts.value.delete(event.jid);
        renamed = putName(event.jid, undefined) || renamed;
      } else if (event.type === 'request')
        requests.value = [...withoutRequest(event.request.jid), event.request];
      else if (event.type === 'request-gone') requests.value = withoutRequest(event.jid);
      touched ||= event.type === 'contact' || event.type === 'removed';
    }
    if (!touched) return;
    if (renamed) triggerRef(names);
    triggerRef(contacts);
    version.value += 1;
  };

  /** Shows the roster of another account; null shows none. */
  const open = async (id: string | null): Promise<void> => {
    feed?.close();
    feed = null;
    account = id ?? '';
    contacts.value = new Map();
    names.value = new Map();
    version.value += 1;
    requests.value = [];
    state.value = id ? 'loading' : 'idle';
    if (!id) return;
    const opened = openFeed({
      topics: ['roster'],
      load: () => call('roster.state', { account }),
      put,
      apply,
      fail: (problem) => {
        error.value = problem;
        state.value = 'error';
      },
    });
    feed = opened.feed;
    await opened.ready;
  };
  const reload = async (): Promise<void> => {
    state.value = 'loading';
    await feed?.reload();
  };

  const contact = (jid: string): Contact | null => contacts.value.get(jid) ?? null;
  /**
   * The name to show: the contact's own, a room's, else the local part of the address. Found once each, for lists of
   * thousands ask again at every change: another function once anybody is called otherwise.
   */
  const namer = computed(() => {
    const given = names.value;
    const roomName = rooms.namer;
    const found = new Map<string, string>();
    return (jid: string): string => {
      const known = found.get(jid);
      if (known !== undefined) return known;
      const name = roomName(jid) ?? plainName(given.get(jid) ?? '', localPart(jid));
      found.set(jid, name);
      return name;
    };
  });
  const nameOf = (jid: string): string => namer.value(jid);
  const presenceOf = (jid: string): Presence => contacts.value.get(jid)?.presence ?? offlinePresence;
  /** Every group in use, sorted; nested ones with `::`. */
  const groups = computed(() =>
    [...new Set([...contacts.value.values()].flatMap((item) => item.groups))].sort((a, b) =>
      a.localeCompare(b),
    ),
  );
  /** The administrator's: nobody else can be in them. */
  const keptGroups = computed<ReadonlySet<string>>(() => {
    const open = new Set<string>();
    for (const { shared, groups: of } of contacts.value.values())
      if (!shared) for (const group of of) open.add(group);
    return new Set(groups.value.filter((group) => !open.has(group)));
  });

  const at = (peer: string) => ({ account, peer });
  return {
    state,
    error,
    contacts,
    version,
    requests,
    groups,
    keptGroups,
    open,
    reload,
    contact,
    namer,
    nameOf,
    presenceOf,
    add: (
      peer: string,
      name: string | null,
      into: readonly string[],
      message: string | null,
      approve: boolean,
    ): Promise<Outcome<null>> =>
      call('roster.add', { ...at(peer), name, groups: [...into], message, approve }),
    update: (peer: string, name: string | null, into: readonly string[]): Promise<Outcome<null>> =>
      call('roster.update', { ...at(peer), name, groups: [...into] }),
    renameGroup: (from: string, to: string): Promise<Outcome<null>> =>
      call('roster.renameGroup', { account, from, to }),
    remove: (peer: string): Promise<Outcome<null>> => call('roster.remove', at(peer)),
    accept: (peer: string): Promise<Outcome<null>> => call('roster.accept', at(peer)),
    deny: (peer: string): Promise<Outcome<null>> => call('roster.deny', at(peer)),
    letSee: (peer: string): Promise<Outcome<null>> => call('roster.letSee', at(peer)),
    stopSeeing: (peer: string): Promise<Outcome<null>> => call('roster.stopSeeing', at(peer)),
    watch: (peer: string, on: boolean): Promise<Outcome<null>> => call('roster.watch', { ...at(peer), on }),
    ask: (peer: string): Promise<Outcome<null>> => call('roster.ask', at(peer)),
  };
});
