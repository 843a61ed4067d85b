import * as v from 'valibot';
import { locales } from '../i18n/locales';
import { mechanisms, type AccountId } from '../model/account';
import { chatRules, forGood } from '../model/conversation';
import { lockedRules } from '../model/notices';
import { defaultSounds, OWN_SOUND, soundEvents } from '../model/sounds';
import { clearAfters, presenceKinds, savedKinds } from '../model/presence';
import { affiliations, roles, roomKinds } from '../model/room';
import { roomRules } from '../model/room-rule';
import { affiliationLists } from '../model/room-powers';
import { maxProfileEntries, maxProfileNote, maxProfileText } from '../model/profile';

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));

export const accountId = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{32}$/),
  v.transform((id) => id as AccountId),
);
/** Shape only; what is a JID and what is not is said by the core (`bad-jid`), with words for the field. */
export const jid = v.pipe(v.string(), v.minLength(1), v.maxLength(3071));
/** RFC 7622 §3.4: at most 1,023 bytes. */
export const resource = v.pipe(v.string(), v.minLength(1), v.maxLength(1023));
export const body = text(2_000_000);
export const password = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
export const status = v.nullable(text(2000));
export const presenceKind = v.picklist(presenceKinds);
/** RFC 6121 §4.7.2.3. */
export const priority = v.pipe(v.number(), v.integer(), v.minValue(-128), v.maxValue(127));
export const clearAfter = v.picklist(clearAfters);
const savedPresence = v.object({
  kind: v.picklist(savedKinds),
  text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500)),
  priority: v.nullable(priority),
  // Younger than the others: a file from before it keeps what it says of them.
  clearAfter: v.optional(clearAfter, 'never'),
});
const idleMinutes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440));
export const groups = v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(500))), v.maxLength(100));
export const name = v.nullable(text(500));
/** How a room is entered: `create` makes it where there is none. */
export const joining = {
  nick: name,
  password: v.nullable(password),
  create: v.boolean(),
  /** The password is kept with the account, for other devices. */
  keepPassword: v.optional(v.boolean()),
};
export const affiliation = v.picklist(affiliations);
export const affiliationList = v.picklist(affiliationLists);
export const role = v.picklist(roles);
/** Of a data form, by the names of its fields. */
export const formValues = v.pipe(
  v.record(text(500), v.pipe(v.array(text(10_000)), v.maxLength(1_000))),
  v.check((values) => Object.keys(values).length <= 200),
);
/** Those that are invited into a room. */
export const people = v.pipe(v.array(jid), v.minLength(1), v.maxLength(200));
export const peopleOrNone = v.pipe(v.array(jid), v.maxLength(200));
/** Of a room. */
export const subject = text(10_000);
export const roomName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
export const roomPlan = v.strictObject({
  kind: v.picklist(roomKinds),
  name: roomName,
  description: subject,
});
export const url = text(8192);
export const xml = text(100_000);
export const messageId = v.pipe(v.number(), v.integer(), v.minValue(1));
/** The row that a file is an answer to, as long as that is there (XEP-0461). */
export const answered = v.optional(v.nullable(messageId), null);

/** Of a text that is not to be seen at once; '' for none. */
export const hint = text(200);

/** One emoji, with all that is joined to it. */
export const emoji = v.pipe(v.string(), v.minLength(1), v.maxLength(40));

export const messageIds = v.pipe(v.array(messageId), v.minLength(1), v.maxLength(10_000));

/** Epoch milliseconds. */
export const moment = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(forGood));
export const moments = v.pipe(v.array(moment), v.maxLength(100));

/** Some of what is set for a conversation. */
export const chatMarks = v.partial(
  v.strictObject({
    pinned: v.boolean(),
    mutedUntil: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(forGood))),
    archived: v.boolean(),
    rule: v.picklist(chatRules),
    unread: v.boolean(),
  }),
);

const cardWords = text(maxProfileText);
const cardEntries = v.pipe(
  v.array(
    v.strictObject({ kind: v.nullable(v.picklist(['home', 'work', 'mobile', 'fax'])), value: cardWords }),
  ),
  v.maxLength(maxProfileEntries),
);
/** What one says of oneself. */
export const profile = v.strictObject({
  fullName: cardWords,
  given: cardWords,
  family: cardWords,
  nickname: cardWords,
  organisation: cardWords,
  unit: cardWords,
  title: cardWords,
  role: cardWords,
  url: cardWords,
  birthday: cardWords,
  note: text(maxProfileNote),
  phones: cardEntries,
  mails: cardEntries,
  address: v.strictObject({
    street: cardWords,
    code: cardWords,
    locality: cardWords,
    region: cardWords,
    country: cardWords,
  }),
});

/** By the names of fields. */
export const searchValues = v.pipe(
  v.record(text(200), text(500)),
  v.check((values) => Object.keys(values).length <= 50),
);

/** Base64 of at most 40 KiB. Entries of one object schema. */
export const ownPicture = {
  type: v.picklist(['image/png', 'image/jpeg']),
  data: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]+={0,2}$/), v.maxLength(60_000)),
};

export const roomPicture = v.nullable(v.object(ownPicture));

/** A path as the preload script gives it, of a file that the user chose. */
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
export const paths = v.pipe(v.array(path), v.minLength(1), v.maxLength(200));
export const screenId = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
/** A small picture of a file (XEP-0264) that the window made, as a data: address. */
export const thumbnail = v.nullable(v.pipe(v.string(), v.maxLength(8_192)));
export const thumbnails = v.pipe(v.array(thumbnail), v.maxLength(200));
export const fileName = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
/** What has no file of its own, a picture from the clipboard say. */
export const fileBytes = v.pipe(v.instance(Uint8Array), v.maxLength(64 * 1024 * 1024));

export const limit = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200));
export const anchor = v.nullable(
  v.strictObject({ side: v.picklist(['before', 'after', 'around']), id: messageId }),
);
/** SHA-1, lower case hexadecimal. */
export const pictureHash = v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/));
export const searchText = text(500);
const jids = v.pipe(v.array(jid), v.maxLength(10_000));
/** Entries of one object schema. */
export const archivePreferences = {
  default: v.picklist(['always', 'never', 'roster']),
  always: jids,
  never: jids,
};

export const accountOptions = v.object({
  server: v.nullable(text(2000)),
  resource: v.nullable(text(500)),
  priority,
  mechanism: v.optional(v.nullable(v.picklist(mechanisms)), null),
  startInvisible: v.boolean(),
  rememberPassword: v.boolean(),
  signInAtStart: v.boolean(),
});

const noticeRule = v.object({ show: v.boolean(), text: v.boolean(), sound: v.boolean() });
const minuteOfDay = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1439));
const quietHours = v.object({
  on: v.boolean(),
  from: minuteOfDay,
  to: minuteOfDay,
  days: v.pipe(
    v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6))),
    v.minLength(1),
    v.maxLength(7),
  ),
});

const soundRule = v.object({
  on: v.boolean(),
  own: v.nullable(v.object({ name: text(200), file: v.pipe(v.string(), v.regex(OWN_SOUND)) })),
});
export const soundEvent = v.picklist(soundEvents);

const languageTag = v.pipe(v.string(), v.regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/));

/** Any part of the settings. */
export const settingsPatch = v.partial(
  v.object({
    theme: v.picklist(['system', 'light', 'dark']),
    density: v.picklist(['comfortable', 'compact']),
    language: v.picklist(['system', ...locales]),
    textSize: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(200)),
    showOffline: v.boolean(),
    showEmptyGroups: v.boolean(),
    showAvatars: v.boolean(),
    showStatus: v.boolean(),
    contactOrder: v.picklist(['presence', 'name']),
    collapsedGroups: v.pipe(v.array(text(500)), v.maxLength(10_000)),
    sendTyping: v.boolean(),
    sendReceipts: v.boolean(),
    sendMarkers: v.boolean(),
    tellTime: v.boolean(),
    ownDomainKnown: v.boolean(),
    contactsOnly: v.boolean(),
    enterSends: v.boolean(),
    buzz: v.boolean(),
    checkSpelling: v.boolean(),
    spellLanguages: v.pipe(v.array(languageTag), v.maxLength(20)),
    stripMetadata: v.boolean(),
    autoLoadMegabytes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(50)),
    linkPreviews: v.picklist(['ask', 'on', 'off']),
    emojiRecent: v.pipe(v.array(text(40)), v.maxLength(24)),
    emojiTone: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5)),
    notifications: v.boolean(),
    notices: v.object({ message: noticeRule, request: noticeRule, contact: noticeRule, online: noticeRule }),
    roomRules: v.object({ group: v.picklist(roomRules), channel: v.picklist(roomRules) }),
    noticesLocked: v.picklist(lockedRules),
    quietHours,
    silentUntil: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
    flashTaskbar: v.boolean(),
    sounds: v.boolean(),
    soundVolume: v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(100)),
    soundRules: v.object({
      message: soundRule,
      elsewhere: soundRule,
      sent: soundRule,
      online: soundRule,
      offline: soundRule,
      error: soundRule,
      // Younger than the others: a file from before it keeps what it says of them.
      buzz: v.optional(soundRule, defaultSounds.buzz),
    }),
    autostart: v.boolean(),
    startHidden: v.boolean(),
    savedPresences: v.pipe(v.array(savedPresence), v.maxLength(100)),
    autoAway: v.boolean(),
    autoAwayMinutes: idleMinutes,
    autoXa: v.boolean(),
    autoXaMinutes: idleMinutes,
    awayOnLock: v.boolean(),
    sidebarWidth: v.pipe(v.number(), v.minValue(240), v.maxValue(440)),
    detailsWidth: v.pipe(v.number(), v.minValue(264), v.maxValue(400)),
  }),
);
