import { createTranslator } from '../../../src-shared/i18n';
import type { AppEvent } from '../../../src-shared/ipc/events';
import type { AccountId } from '../../../src-shared/model/account';
import {
  noMarks,
  type ChatRule,
  type Conversation,
  type Message,
} from '../../../src-shared/model/conversation';
import type { NoticeKind, NoticeRule } from '../../../src-shared/model/notices';
import { defaultSettings } from '../../../src-shared/model/settings';
import type { SoundEvent } from '../../../src-shared/model/sounds';
import { createHub } from '../../../src-main/session/hub';
import { createNotices } from '../../../src-main/session/notices';
import type { Notice } from '../../../src-main/ports';
import { FakeClock } from '../../support/clock';
export const account = 'a'.repeat(32) as AccountId;
export const romeo = 'romeo@example.org';

/** Notices on a desktop that shows what is open by its tag. */
export const onDesktop = () => {
  const open = new Map<string, Notice>();
  const told: AppEvent[] = [];
  const read: string[] = [];
  const flashes: boolean[] = [];
  const sounds: SoundEvent[] = [];
  const state = {
    /** There is no window to play ours. */
    desktopSounds: true,
    settings: defaultSettings,
    presence: 'online' as 'online' | 'dnd',
    allows: { text: true, sound: true } as { text: boolean; sound: boolean } | null,
    front: { peer: null as string | null, atEnd: true, focused: false, visible: true, listening: false },
  };
  const clock = new FakeClock();
  const hub = createHub();
  hub.listen(({ event }) => told.push(event));
  const notices = createNotices(
    {
      account,
      hub,
      front: state.front,
      sounds: { play: (sound) => sounds.push(sound), leavesToDesktop: () => state.desktopSounds },
      attention: {
        allows: (kind) => state.allows && { ...state.allows, sound: state.settings.notices[kind].sound },
      },
      settings: () => state.settings,
      translate: () => createTranslator('en'),
      presence: () => state.presence,
      kindOf: (room) => (room.startsWith('group@') ? 'group' : 'channel'),
    },
    {
      notifier: {
        show: (notice) => void open.set(notice.tag.slice(account.length + 1), notice),
        close: (tag) => void open.delete(tag.slice(account.length + 1)),
      },
      taskbar: { canFlash: true, flash: (on) => flashes.push(on) },
      clock,
    },
    {
      reply: () => undefined,
      markRead: (peer) => {
        read.push(peer);
        notices.read(peer);
      },
    },
  );
  const write = (peer: string, body: string, rule: ChatRule = 'default', id = 0): void => {
    const chat = {
      peer,
      standing: 'open',
      unread: 1,
      draft: '',
      last: null,
      marks: { ...noMarks, rule },
    } as const;
    notices.incoming({ id, peer, body, direction: 'in' } as Message, chat, peer.split('@')[0] ?? '');
  };
  /** Somebody says it in a room. */
  const say = (room: string, body: string, more: Partial<Message> = {}, rule: ChatRule = 'default'): void => {
    const marks = { ...noMarks, rule };
    const chat = { peer: room, standing: 'open', unread: 1, draft: '', last: null, marks } as const;
    notices.incoming({ peer: room, body, direction: 'in', nick: 'Romeo', ...more } as Message, chat, room);
  };
  const rule = (kind: NoticeKind, patch: Partial<NoticeRule>): void => {
    const { notices: rules } = state.settings;
    state.settings = { ...state.settings, notices: { ...rules, [kind]: { ...rules[kind], ...patch } } };
  };
  const shown = () => [...open].map(([key, { title, body }]) => [key, title, body]);
  const buzz = (patch: Partial<Conversation> = {}, live = true): void => {
    const marks = { ...noMarks, ...patch.marks };
    const chat = {
      peer: romeo,
      standing: 'open',
      unread: 1,
      draft: '',
      last: null,
      ...patch,
      marks,
    } as const;
    notices.incoming(
      { peer: romeo, body: 'Buzz!', direction: 'in', kind: 'buzz' } as Message,
      chat,
      'Romeo',
      live ? 'live' : 'kept',
    );
  };
  /** How often the window shook. */
  const shaken = (): number => told.filter(({ type }) => type === 'buzz').length;
  return { sounds, open, told, read, flashes, state, notices, write, say, buzz, shaken, rule, shown, clock };
};
