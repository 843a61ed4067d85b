/**
 * The only list of what the window may ask of main: queries read, commands act. What main tells is in events.ts.
 * Main checks every argument against these schemas at run time (src-main/ipc).
 */
import * as v from 'valibot';
import type { AccountId } from '../model/account';
import type { Card, Faces, Picture } from '../model/card';
import type { XmlEntry } from '../model/connection';
import type { Conversation, Message, MessagePlace, MessageVersion } from '../model/conversation';
import type { SearchForm, SearchFound } from '../model/directory';
import type { FileView, Upload } from '../model/file';
import type { DataForm } from '../model/form';
import { fileFormats, type ArchivePreferences, type HistorySize, type SearchResult } from '../model/history';
import type { LinkPreview } from '../model/preview';
import type { Profile } from '../model/profile';
import type { Occupant, RoomMade, RoomsState, RoomStatus } from '../model/room';
import type { RoomAbout, RoomListing, RoomService } from '../model/room-list';
import type { AffiliationEntry } from '../model/room-powers';
import type { RoomRegistered, RoomRegistration } from '../model/room-registration';
import type { MessagePage } from './message-page';
import type { ScreenSource } from '../model/screen';
import type { Settings } from '../model/settings';
import * as s from './schemas';
import { appViews, type AppState, type RosterState } from './states';
import type { EventBatch } from './events';

/** A call: its argument schema and, as a type only, what it returns. */
export interface CallSpec<Args extends v.GenericSchema = v.GenericSchema, Result = unknown> {
  readonly kind: 'query' | 'command';
  readonly args: Args;
  /** Never there at run time: it carries the type. */
  readonly result?: readonly [Result];
}
const query = <Result>() => ({
  with: <E extends v.ObjectEntries>(
    entries: E,
  ): CallSpec<v.StrictObjectSchema<E, undefined>, Snapshot<Result>> => ({
    kind: 'query',
    args: v.strictObject(entries),
  }),
});
const command = <Result = null>() => ({
  with: <E extends v.ObjectEntries>(entries: E): CallSpec<v.StrictObjectSchema<E, undefined>, Result> => ({
    kind: 'command',
    args: v.strictObject(entries),
  }),
});

/** A query's answer, and the number of the last change that it contains. */
export interface Snapshot<T> {
  readonly change: number;
  readonly value: T;
}

const account = { account: s.accountId };
const chat = { account: s.accountId, peer: s.jid };

export const calls = {
  'app.state': query<AppState>().with({}),
  'roster.state': query<RosterState>().with(account),
  /** Which pictures people have, and the account's own name from its card. */
  'faces.state': query<Faces>().with(account),
  /** A picture by its hash (T21: found good before it was kept); null: not here. */
  'faces.picture': query<Picture | null>().with({ ...account, hash: s.pictureHash }),
  'rooms.state': query<RoomsState>().with(account),
  'room.occupants': query<readonly Occupant[]>().with(chat),
  'chats.list': query<readonly Conversation[]>().with(account),
  /** The conversation that the main window had open last, as long as there is anything of it; null: none. */
  'chats.lastOpen': query<string | null>().with(account),
  /**
   * A page of at most `limit` messages before, after or around a row (null: the newest). What it meets of the archive that is
   * not here yet is fetched first, where the server can be asked.
   */
  'messages.page': query<MessagePage>().with({ ...chat, anchor: s.anchor, limit: s.limit }),
  /** The first message at or after a moment; null: none. Where that time was never read from the archive, it is first. */
  'messages.since': query<MessagePlace | null>().with({ ...chat, at: s.moment }),
  /** On which days there are messages here: from each of these moments to the next one. */
  'messages.days': query<readonly boolean[]>().with({ ...chat, starts: s.moments }),
  /** XEP-0308: what a message said before. */
  'message.versions': query<readonly MessageVersion[]>().with({ account: s.accountId, id: s.messageId }),
  /** Messages of a conversation that are kept at hand on this computer, the latest pin first. */
  'message.pins': query<readonly Message[]>().with(chat),
  /** Files on their way, in the order in which they were chosen. */
  'file.uploads': query<readonly Upload[]>().with(account),
  /** Messages of a conversation that share a file, the latest first; `before`: older than that one. */
  'file.list': query<readonly Message[]>().with({ ...chat, before: v.nullable(s.messageId), limit: s.limit }),
  /**
   * Full text over everything, newest first; `text` is plain words, the last one may be a beginning; `from` and `to` (epoch
   * milliseconds) both belong to what is looked through.
   */
  'history.search': query<SearchResult>().with({
    ...account,
    text: s.searchText,
    peer: v.nullable(s.jid),
    direction: v.nullable(v.picklist(['in', 'out'])),
    /** Whoever said it in a room. */
    nick: s.name,
    from: v.nullable(v.number()),
    to: v.nullable(v.number()),
    has: v.nullable(v.picklist(['link', 'file'])),
    limit: s.limit,
    after: v.nullable(s.messageId),
  }),
  /** With `before`, only what is older counts as messages and chats: what a deletion would take. */
  'history.size': query<HistorySize>().with({ ...account, before: v.optional(v.number()) }),
  /** Addresses that are blocked (XEP-0191, else a privacy list), in their order; one with a resource is a device or an occupant. */
  'block.list': query<readonly string[]>().with(account),
  /** The last entries of the XML console (at most 2,000), redacted. */
  'console.entries': query<readonly XmlEntry[]>().with(account),

  /** Starts to sign in (a new account, or again with another password); progress comes as `account` events. */
  'account.signIn': command<AccountId>().with({
    jid: s.jid,
    password: v.nullable(s.password),
    options: s.accountOptions,
  }),
  /** Other options for the account, from the next connection on: one that is there, or under way, is made anew. */
  'account.configure': command().with({ ...account, options: s.accountOptions }),
  'account.cancel': command().with(account),
  /** Tries to connect now; while online what could not be read of the archive is asked for again. */
  'account.retry': command().with(account),
  /** Begins a new history where the key of the one on the disk is lost; its file is put aside. `bad-request` where it is not. */
  'account.newHistory': command().with(account),
  /** Forgets password, certificate answers and history of this account on this computer. */
  'account.signOut': command().with(account),
  'account.trust': command().with({ ...account, host: v.string(), fingerprint: v.string() }),
  /** The user's answer to `plain-refused` and `scram-lost`, remembered for the account. */
  'account.allowPlain': command().with(account),
  /** XEP-0077 §3.1: makes the account, then signs in with it. */
  'account.register': command<AccountId>().with({
    jid: s.jid,
    password: s.password,
    options: s.accountOptions,
  }),
  /** XEP-0077 §3.3. */
  'account.changePassword': command().with({ ...account, current: s.password, next: s.password }),

  /**
   * Without `status` a text of one's own stays, and what a saved message brought goes with it. Without `clearAfter` the text
   * goes when it was to go before. The words of a saved message bring its priority.
   */
  'presence.set': command().with({
    ...account,
    kind: s.presenceKind,
    status: v.optional(s.status),
    clearAfter: v.optional(s.clearAfter),
  }),

  /** `approve`: they may see us as soon as they ask (RFC 6121 §3.4). */
  'roster.add': command().with({
    ...chat,
    name: s.name,
    groups: s.groups,
    message: s.status,
    approve: v.optional(v.boolean()),
  }),
  'roster.update': command().with({ ...chat, name: s.name, groups: s.groups }),
  'roster.renameGroup': command().with({
    ...account,
    from: v.string(),
    to: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  }),
  'roster.remove': command().with(chat),
  'roster.accept': command().with(chat),
  'roster.deny': command().with(chat),
  /** Asks again to see the contact's presence. */
  'roster.ask': command().with(chat),
  /** They may see our presence: at once where they have asked, else as soon as they do (RFC 6121 §3.4). */
  'roster.letSee': command().with(chat),
  /** RFC 6121 §3.3: their presence is wanted no longer. What `roster.deny` withdraws (§3.2) is ours. */
  'roster.stopSeeing': command().with(chat),
  /** Tells the user once when the contact is there the next time, or no longer. */
  'roster.watch': command().with({ ...chat, on: v.boolean() }),

  /** The card of a contact or one's own (XEP-0054, XEP-0292), asked anew; empty where there is none. */
  'contact.card': command<Card>().with(chat),
  /** In which time zone one of a contact's clients is (XEP-0202), minutes east of UTC; null where it does not say. */
  'contact.timeZone': command<number | null>().with({ ...chat, resource: s.resource }),
  /** When an absent contact was last there (XEP-0012), epoch milliseconds; null where nobody says. */
  'contact.lastSeen': command<number | null>().with(chat),
  /** The software of one device of a contact (XEP-0092), a full JID, asked anew; null where it does not say. */
  'contact.software': command<string | null>().with({ ...account, device: s.jid }),
  /** What the account says of itself (XEP-0054, XEP-0292), asked anew. */
  'profile.read': command<Profile>().with(account),
  /** Writes what `next` says otherwise than `base`, and answers what holds now; `changed-elsewhere`: read it again. */
  'profile.save': command<Profile>().with({ ...account, base: s.profile, next: s.profile }),

  /** The own picture (XEP-0084, XEP-0153), cut and encoded already; `bad-picture` where it is not as it is to be. */
  'picture.set': command().with({ ...account, ...s.ownPicture }),
  'picture.remove': command().with(account),

  /** The user directory of the own server (XEP-0055): what it asks for; `not-offered` where there is none. */
  'directory.form': command<SearchForm>().with(account),
  'directory.search': command<SearchFound>().with({ ...account, service: s.jid, values: s.searchValues }),

  /** T31: a stranger's request. `accept` opens the conversation, `ignore` puts it out of sight. */
  'request.accept': command().with(chat),
  'request.ignore': command().with(chat),
  /** XEP-0191, else a privacy list; nothing of theirs comes through any more. */
  'block.add': command().with(chat),
  'block.remove': command().with(chat),

  /** XEP-0313 §6. `not-offered` where the server has no such preferences. */
  'archive.preferences': command<ArchivePreferences>().with(account),
  'archive.setPreferences': command<ArchivePreferences>().with({ ...account, ...s.archivePreferences }),

  /** Shows the system's dialog with the conversation; `printed` is false when the user changes their mind. */
  'history.print': command<{ readonly printed: boolean }>().with(chat),
  /** Asks for a file and writes to it; progress comes as `history` events. Null: the user chose none. */
  'history.export': command<{ readonly started: boolean }>().with({
    ...account,
    peer: v.nullable(s.jid),
    format: v.picklist(fileFormats),
  }),
  /** Deletes for good, of one conversation or all, before a moment or everything. */
  'history.delete': command().with({ ...account, peer: v.nullable(s.jid), before: v.nullable(v.number()) }),
  /** Stops the export or deletion that is under way. */
  'history.cancel': command().with(account),

  /** XEP-0045 §7.2: answers once the room has let us in, or says why not; without a nick under the account's own name. */
  'room.join': command<RoomStatus>().with({ ...chat, ...s.joining }),
  /** Makes a room at the account's own service and asks people into it; `room-exists` where a channel's name is taken. */
  'room.create': command<RoomMade>().with({ ...account, plan: s.roomPlan, people: s.peopleOrNone }),
  /**
   * Makes a room as `room.create` does, and keeps others out until `room.configure` (XEP-0045 §10.1.3); its address. Nothing
   * tells of it before, and what is lost or left meanwhile was never there.
   */
  'room.reserve': command<string>().with({ ...account, plan: s.roomPlan }),
  /** What was reserved is not to be after all. */
  'room.giveUp': command().with(chat),
  /** The own server's services with rooms, asked anew. */
  'rooms.services': command<readonly RoomService[]>().with(account),
  /** What a service lists of its rooms; `not-offered` where there are none at this address. */
  'rooms.list': command<RoomListing>().with({ ...account, service: s.jid }),
  /** What a room tells those who are not in it. */
  'room.about': command<RoomAbout>().with(chat),
  'room.leave': command().with(chat),
  /** XEP-0045 §10.2: everything that the room's owner can set. */
  'room.form': command<DataForm>().with(chat),
  /** With the values of the form that was asked for last. */
  'room.configure': command().with({ ...chat, values: s.formValues }),
  /** XEP-0045 §7.10: what the room asks of those who want to be members, or to have a name there for themselves. */
  'room.registration': command<RoomRegistration>().with(chat),
  /** With the values of the form that was asked for last. */
  'room.register': command<RoomRegistered>().with({ ...chat, values: s.formValues }),
  /** XEP-0077 §3.2, with the room or the service that keeps the name. */
  'room.giveNameBack': command().with(chat),
  /** XEP-0045 §8: for this visit, by the nick; `none` ends it. */
  'room.setRole': command().with({ ...chat, nick: s.resource, role: s.role, reason: s.name }),
  /** XEP-0045 §9, §10: for good, by the address; `outcast` bans. */
  'room.setAffiliation': command().with({
    ...chat,
    jid: s.jid,
    affiliation: s.affiliation,
    reason: s.name,
  }),
  'room.affiliations': command<readonly AffiliationEntry[]>().with({ ...chat, list: s.affiliationList }),
  /** XEP-0045 §7.13: asks the moderators to be heard. */
  'room.askVoice': command().with(chat),
  /** Somebody's request to be heard is answered by nothing. */
  'room.passOver': command().with({ ...chat, nick: s.resource }),
  /** Takes it out of the list that all devices share. */
  'room.forget': command().with(chat),
  /** XEP-0045 §10.9: ends the room for everybody. */
  'room.destroy': command().with({ ...chat, reason: s.name }),
  'room.describe': command().with({ ...chat, name: s.roomName, description: s.subject }),
  /** Those that are invited, bare JIDs; by the room itself where only members get in (XEP-0045 §7.8.2), else by ourselves (XEP-0249). */
  'room.invite': command().with({ ...chat, people: s.people, reason: s.name }),
  /** Whoever invited us by the room is told that we do not come. */
  'invitation.decline': command().with(chat),
  /** Its picture (XEP-0486), cut and encoded already; null takes it away. */
  'room.picture': command().with({ ...chat, picture: s.roomPicture }),
  'room.subject': command().with({ ...chat, subject: s.subject }),

  /**
   * `answers`: the row that it is an answer to (XEP-0461); `no-message` where that is there no more. `spoiler`: a hint of
   * what is not to be seen at once (XEP-0382).
   */
  'message.send': command<Message>().with({
    ...{ ...chat, body: s.body },
    answers: v.optional(s.messageId),
    spoiler: v.optional(s.hint),
  }),
  /** Says message `id` in the conversation with `peer` too; `no-message` where it is gone, or cannot be passed on. */
  'message.forward': command<Message>().with({ ...chat, id: s.messageId }),
  /** Calls a contact's attention (XEP-0224); `buzz-rest` within a minute of the one before. */
  'message.buzz': command<Message>().with(chat),
  /** One that failed, or what failed of a change of it. */
  'message.retry': command().with({ ...account, id: s.messageId }),
  /** Another text for one of ours (XEP-0308 once it is on its way); `no-message` where that cannot be. */
  'message.rewrite': command<Message>().with({ account: s.accountId, id: s.messageId, body: s.body }),
  /** Deletes a message that failed, or waits and was never written; of one that was sent, gives up a correction that failed. */
  'message.discard': command().with({ ...account, id: s.messageId }),
  /** Takes an emoji to our reactions to a message, or away from them (XEP-0444). */
  'message.react': command().with({ ...account, id: s.messageId, emoji: s.emoji }),
  /** Keeps a message at hand on this computer, or no longer. */
  'message.pin': command().with({ ...account, id: s.messageId, on: v.boolean() }),
  /** Takes one of ours back, for everybody (XEP-0424); `no-message` where that cannot be. */
  'message.retract': command().with({ ...account, id: s.messageId }),
  /** A moderator takes back what somebody said in a room (XEP-0425). */
  'message.moderate': command().with({ ...account, id: s.messageId, reason: s.name }),
  /** Deletes messages of a conversation on this computer, for good; those that wait to be sent stay. */
  'message.delete': command<{ readonly deleted: number }>().with({ ...chat, ids: s.messageIds }),
  /** Not for the window's own call: only the preload script knows the path of a file that was chosen, dropped or pasted. */
  'file.add': command().with({
    ...{ ...chat, paths: s.paths, thumbnails: v.optional(s.thumbnails) },
    answers: s.answered,
  }),
  'file.addBytes': command().with({
    ...{ ...chat, name: s.fileName, bytes: s.fileBytes },
    ...{ thumbnail: v.optional(s.thumbnail, null), answers: s.answered },
  }),
  /** Screens and windows as they look now; `no-screens` where the system does not let us look. */
  'screen.list': command<readonly ScreenSource[]>().with({}),
  /** The whole picture of one of those that were listed last, a PNG. */
  'screen.take': command<Uint8Array>().with({ id: s.screenId }),
  /** None of them is wanted any more. */
  'screen.forget': command().with({}),
  'file.retry': command().with({ account: s.accountId, id: s.messageId }),
  'file.cancel': command().with({ account: s.accountId, id: s.messageId }),
  /** T17: what stands behind a link that a message has in its text. */
  'link.preview': command<LinkPreview>().with({ account: s.accountId, id: s.messageId, url: s.url }),
  /** What a message shares, to be shown in its place; not `asked` for by the user, only where it may be fetched by itself (T31). */
  'file.load': command<FileView>().with({ account: s.accountId, id: s.messageId, asked: v.boolean() }),
  /** The bytes of a short sound that is here, so that the window draws it; null: it is none, or a long one. */
  'file.sound': command<Uint8Array | null>().with({ account: s.accountId, id: s.messageId }),
  /** Asks where to, then fetches, or takes it from who offers it; progress comes as `download` events. */
  'file.save': command<{ readonly started: boolean }>().with({ account: s.accountId, id: s.messageId }),
  'file.stopSaving': command().with({ account: s.accountId, id: s.messageId }),
  /** Somebody offers a file from their computer, and it is not wanted. */
  'file.decline': command().with({ account: s.accountId, id: s.messageId }),
  /** The main window has this one open now (null: none), and is to have it open at the next start. */
  'chats.keepOpen': command().with({ ...account, peer: v.nullable(s.jid) }),
  'chat.read': command().with(chat),
  'chat.typing': command().with({ ...chat, state: v.picklist(['composing', 'paused', 'active']) }),
  /** Pins, mutes, archives, marks as unread, sets the notification rule: what the patch names. */
  'chat.mark': command().with({ ...chat, marks: s.chatMarks }),
  /** `answers`: the row that it is to answer; `spoiler`: the hint that covers it. */
  'chat.draft': command().with({
    ...chat,
    draft: s.body,
    answers: v.optional(v.nullable(s.messageId)),
    spoiler: v.optional(v.nullable(s.hint)),
  }),

  /** Shows a conversation where it belongs: in its own window where it has one, else in the main window. */
  'chat.show': command().with({ ...chat, message: v.nullable(s.messageId) }),
  /** Brings its own window to the front, made where there is none, and goes to a message there. */
  'chat.openWindow': command().with({ ...chat, message: v.nullable(s.messageId) }),

  'console.send': command().with({ ...account, xml: s.xml }),

  /** The main window comes to the front and shows this. `about`: the title of a setting, or what is searched for. */
  'app.show': command().with({
    view: v.picklist(appViews),
    about: v.nullable(v.pipe(v.string(), v.maxLength(500))),
  }),
  /** Text that helps to find out what is wrong (T25: no addresses, no messages, no secrets). */
  'app.diagnostics': command<string>().with({}),
  'settings.set': command<Settings>().with({ patch: s.settingsPatch }),
  /** Asks for a sound file and keeps a copy of it; null: the user chose none. */
  'sound.choose': command<Settings | null>().with({ event: s.soundEvent }),
  'sound.reset': command<Settings>().with({ event: s.soundEvent }),
  'link.open': command().with({ url: s.url }),
  /** Which conversation is in front: it makes no notification, and while its newest message is in sight (`atEnd`) all of it counts as read. */
  'window.showing': command().with({
    ...{ account: v.nullable(s.accountId), peer: v.nullable(s.jid) },
    atEnd: v.boolean(),
  }),
  /** From now on this window gets the events of these topics; a conversation's is `messages:PEER`. */
  'window.subscribe': command<number>().with({ topics: v.pipe(v.array(v.string()), v.maxLength(1000)) }),
} as const satisfies Record<string, CallSpec>;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallArgs<N extends CallName> = v.InferInput<Calls[N]['args']>;
export type CheckedArgs<N extends CallName> = v.InferOutput<Calls[N]['args']>;
export type CallResult<N extends CallName> = NonNullable<Calls[N]['result']>[0];

/** What the preload script exposes as `window.api`. */
export interface Bridge {
  /** An outcome; as JSON text where it may hold thousands of things. */
  call(name: string, args: unknown): Promise<unknown>;
  onBatch(listener: (batch: EventBatch) => void): () => void;
  /** Whether a file that the user gave to the page lies on the disk; what comes out of the clipboard may not. */
  hasPath(file: unknown): boolean;
  /** Puts files that lie on the disk into a conversation; `answers`: the row that the first of them is an answer to. */
  addFiles(
    account: string,
    peer: string,
    files: readonly unknown[],
    thumbnails: readonly (string | null)[],
    answers: number | null,
  ): Promise<unknown>;
  /** Lets go, at once, of what the page needs no more: garbage, and pictures that are not shown. */
  letGo(): void;
}

export { channels } from './channels';
export type { Gap, MessagePage } from './message-page';
