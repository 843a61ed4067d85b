import { describe, expect, it } from 'vitest';
import { noMarks, type ChatMarks } from '../../../src-shared/model/conversation';
import { defaultSettings } from '../../../src-shared/model/settings';
import type { Message } from '../../../src-shared/model/conversation';
import { createHub } from '../../../src-main/session/hub';
import { createNotices } from '../../../src-main/session/notices';
import { createRequests, shownKind } from '../../../src-main/session/requests';
import type { Notice } from '../../../src-main/ports';
import type { SessionContext } from '../../../src-main/session/context';
import { createTranslator } from '../../../src-shared/i18n';
import type { AccountId } from '../../../src-shared/model/account';
import { FakeClock } from '../../support/clock';
import { incoming, openTestStore } from '../../support/store-kit';

const own = 'juliet@x.org';
const mallory = 'mallory@evil.test';
const account = 'a'.repeat(32) as AccountId;

/** Romeo is a contact who may see us, Nurse one who may not, Tybalt is blocked. */
const requestsWith = async (ownDomainKnown = true, contactsOnly = false, hidden = false) => {
  const store = await openTestStore();
  const hub = createHub();
  const context = {
    account,
    bare: own,
    domain: 'x.org',
    store,
    hub,
    settings: () => ({ ...defaultSettings, ownDomainKnown, contactsOnly }),
    rooms: () => ({ known: (room: string) => room === 'verona@rooms.x.org' }),
  } as unknown as SessionContext;
  const read: string[] = [];
  const roster = {
    find: (bare: string) => (bare === 'romeo@y' || bare === 'nurse@y' ? ({ jid: bare } as never) : null),
    sharesPresence: (bare: string) => bare === 'romeo@y',
  };
  const notices = { read: (peer: string) => void read.push(peer) };
  const requests = createRequests(
    context,
    roster,
    (peer) => peer === 'tybalt@y',
    notices,
    () => hidden,
  );
  return { requests, store, hub, read };
};

describe('who has to ask', () => {
  it.each([
    ['romeo@y', 'chat', 'open'],
    ['nurse@y', 'chat', 'open'],
    [own, 'chat', 'open'],
    ['office@x.org', 'chat', 'open'],
    ['x.org', 'chat', 'open'],
    ['pubsub.x.org', 'chat', 'open'],
    [mallory, 'headline', 'notice'],
    [mallory, 'normal', 'notice'],
    ['romeo@y', 'normal', 'open'],
    ['office@x.org', 'headline', 'open'],
    ['x.org', 'normal', 'open'],
    ['verona@rooms.x.org', 'normal', 'open'],
    [mallory, 'chat', 'request'],
    ['evil.test', 'chat', 'request'],
    ['x.org.evil.test', 'chat', 'request'],
    ['someone@sub.x.org', 'chat', 'request'],
    ['tybalt@y', 'chat', 'blocked'],
    ['tybalt@y', 'headline', 'blocked'],
  ] as const)('T31 %s by %s: %s', async (peer, kind, standing) => {
    const { requests } = await requestsWith();
    expect(requests.standingOf(peer, kind)).toBe(standing);
  });

  it('T31 by a setting people of the own domain have to ask too, and the server itself never', async () => {
    const { requests } = await requestsWith(false);
    expect(requests.standingOf('office@x.org', 'chat')).toBe('request');
    expect(requests.standingOf('x.org', 'chat')).toBe('open');
  });

  it('T31 where only contacts may write nobody else gets in, by whatever name or kind', async () => {
    const { requests } = await requestsWith(true, true);
    for (const peer of ['office@x.org', mallory, 'evil.test'])
      for (const kind of ['chat', 'normal', 'headline', 'buzz'] as const)
        expect(requests.standingOf(peer, kind)).toBe('request');
    for (const peer of ['romeo@y', 'nurse@y', own, 'x.org', 'pubsub.x.org', 'verona@rooms.x.org'])
      expect(requests.standingOf(peer, 'chat')).toBe('open');
    expect(requests.standingOf('tybalt@y', 'chat')).toBe('blocked');
    // Whom the setting had let in before learns no more than he did.
    const chat = { standing: 'open', unread: 0, draft: '', last: null, marks: noMarks } as const;
    expect(requests.mayLearn({ ...chat, peer: 'office@x.org' })).toBe(false);
  });

  it('the own server speaks in notices, whatever it calls them', () => {
    expect(shownKind('chat', 'x.org', 'x.org')).toBe('headline');
    expect(shownKind('chat', 'broadcast.x.org', 'x.org')).toBe('headline');
    expect(shownKind('chat', 'office@x.org', 'x.org')).toBe('chat');
    expect(shownKind('chat', 'evil.test', 'x.org')).toBe('chat');
    expect(shownKind('normal', 'x.org', 'x.org')).toBe('normal');
  });
});

describe('what they may learn', () => {
  it('T31 nothing before the user accepts; then that a message arrived and was read', async () => {
    const { requests, store, hub, read } = await requestsWith();
    const events: unknown[] = [];
    hub.listen(({ event }) => events.push(event));
    const { chat } = await store.addMessage(incoming({ peer: mallory, standing: 'request' }));
    expect(chat).toMatchObject({ standing: 'request', unread: 0 });
    expect(requests.mayLearn(chat)).toBe(false);
    await requests.ignore(mallory);
    const ignored = await store.chat(mallory);
    expect(ignored).toMatchObject({ standing: 'ignored', unread: 0 });
    expect(requests.mayLearn(ignored)).toBe(false);
    await requests.accept(mallory);
    const open = await store.chat(mallory);
    expect(open).toMatchObject({ standing: 'open', unread: 1 });
    expect(requests.mayLearn(open)).toBe(true);
    expect(read).toEqual([mallory, mallory]);
    expect(events).toHaveLength(2);
  });

  it('T31 who tells something first is not let in by it: what he says next is a request, and he learns nothing', async () => {
    const { requests, store } = await requestsWith();
    const told = await store.addMessage(incoming({ peer: mallory, kind: 'normal', standing: 'notice' }));
    expect(told.chat).toMatchObject({ standing: 'open', uninvited: true });
    expect(requests.mayLearn(told.chat)).toBe(false);
    const again = await store.addMessage(incoming({ peer: mallory, kind: 'headline', standing: 'notice' }));
    expect(again.chat.standing).toBe('open');
    const said = await store.addMessage(incoming({ peer: mallory, standing: 'request' }));
    expect(said.chat).toMatchObject({ standing: 'request', unread: 0 });
    await requests.accept(mallory);
    const next = await store.addMessage(incoming({ peer: mallory, standing: 'request' }));
    expect(next.chat.standing).toBe('open');
    expect(requests.mayLearn(next.chat)).toBe(true);
  });

  it('T31 whoever is answered is let in, whatever began it; taken out of the contacts he is told nothing more', async () => {
    const { requests, store } = await requestsWith();
    await store.addMessage(incoming({ peer: mallory, kind: 'normal', standing: 'notice' }));
    await store.addOutgoing({ peer: mallory, body: 'Who are you?', originId: 'o1', at: 1 });
    expect(requests.mayLearn(await store.chat(mallory))).toBe(true);
    await requests.ceasedToBeContact(mallory);
    const { chat } = await store.addMessage(incoming({ peer: mallory, standing: 'request' }));
    // We know each other: it is no request. But he was cut off on purpose.
    expect(chat.standing).toBe('open');
    expect(requests.mayLearn(chat)).toBe(false);
    await store.addOutgoing({ peer: mallory, body: 'Well then', originId: 'o2', at: 2 });
    expect(requests.mayLearn(await store.chat(mallory))).toBe(true);
  });

  it('T31 a contact who may not see us is told nothing, and one who may all of it', async () => {
    const { requests } = await requestsWith();
    const chat = { standing: 'open', unread: 0, draft: '', last: null, marks: noMarks } as const;
    expect(requests.mayLearn({ ...chat, peer: 'romeo@y' })).toBe(true);
    expect(requests.mayLearn({ ...chat, peer: 'nurse@y' })).toBe(false);
    expect(requests.mayLearn({ ...chat, peer: 'office@x.org' })).toBe(false);
    expect(requests.mayLearn({ ...chat, peer: 'romeo@y', standing: 'blocked' })).toBe(false);
  });

  it('XEP-0186 nobody learns anything while we are shown to nobody', async () => {
    const { requests, store } = await requestsWith(true, false, true);
    const chat = { standing: 'open', unread: 0, draft: '', last: null, marks: noMarks } as const;
    expect(requests.mayLearn({ ...chat, peer: 'romeo@y' })).toBe(false);
    await requests.accept(mallory);
    expect(requests.mayLearn(await store.chat(mallory))).toBe(false);
  });

  it('who became a contact while we were away has asked long enough', async () => {
    const { requests, store } = await requestsWith();
    for (const peer of ['romeo@y', mallory]) await store.addMessage(incoming({ peer, standing: 'request' }));
    await requests.settle();
    expect((await store.chat('romeo@y')).standing).toBe('open');
    expect((await store.chat(mallory)).standing).toBe('request');
    await requests.becameContact(mallory);
    expect((await store.chat(mallory)).standing).toBe('open');
  });
});

describe('notifications', () => {
  const notices = (focused = false, settings = defaultSettings) => {
    const shown: Notice[] = [];
    const made = createNotices(
      {
        account,
        hub: createHub(),
        front: { peer: mallory, atEnd: true, focused, visible: true, listening: false },
        settings: () => settings,
        translate: () => createTranslator('en'),
        presence: () => 'online',
        kindOf: () => 'channel',
        sounds: { play: () => undefined, leavesToDesktop: () => true },
        attention: { allows: () => ({ text: true, sound: true }) },
      },
      {
        notifier: { show: (notice) => shown.push(notice), close: () => undefined },
        taskbar: { canFlash: false, flash: () => undefined },
        clock: new FakeClock(),
      },
      { reply: () => undefined, markRead: () => undefined },
    );
    return { shown, made };
  };
  const message = { peer: mallory, body: 'pay up', direction: 'in' } as Message;
  it('a conversation’s own rule goes before the settings, muted before both', () => {
    const { shown, made } = notices();
    const marked = (marks: Partial<ChatMarks>) => ({ ...chat('open'), marks: { ...noMarks, ...marks } });
    made.incoming(message, marked({ rule: 'none' }), 'Mallory');
    made.incoming(message, marked({ rule: 'all', mutedUntil: 1 }), 'Mallory');
    expect(shown).toEqual([]);
    const off = notices(false, { ...defaultSettings, notifications: false });
    off.made.incoming(message, marked({}), 'Mallory');
    expect(off.shown).toEqual([]);
    off.made.incoming(message, marked({ rule: 'all' }), 'Mallory');
    expect(off.shown).toHaveLength(1);
  });

  const chat = (standing: 'open' | 'request' | 'ignored' | 'blocked', unread = 1) =>
    ({ peer: mallory, standing, unread, draft: '', last: null, marks: noMarks }) as const;

  it('T31 of a request there is one, which shows an address and not a word of the message', () => {
    const { shown, made } = notices();
    made.incoming(message, chat('request', 0), 'Mallory');
    made.incoming(message, chat('request', 0), 'Mallory');
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({ quiet: true, body: mallory, replyLabel: null, markReadLabel: null });
    expect(JSON.stringify(shown)).not.toMatch(/pay up|Mallory/);
  });

  it('T31 none of strangers where only contacts may write, of whatever they want', () => {
    const { shown, made } = notices(false, { ...defaultSettings, contactsOnly: true });
    made.incoming(message, chat('request', 0), 'Mallory');
    made.contactRequest(mallory);
    made.invitation('Pay here', 'pay@rooms.evil.test', mallory, false);
    expect(shown).toEqual([]);
    made.invitation('Verona', 'verona@rooms.x.org', 'Romeo', true);
    made.incoming(message, chat('open'), 'Romeo');
    expect(shown).toHaveLength(2);
  });

  it('none of who is ignored or blocked, of what is read already, of what is in front of the user', () => {
    const { shown, made } = notices();
    made.incoming(message, chat('ignored', 0), 'Mallory');
    made.incoming(message, chat('blocked', 0), 'Mallory');
    made.incoming(message, chat('open', 0), 'Mallory');
    notices(true).made.incoming(message, chat('open'), 'Mallory');
    expect(shown).toEqual([]);
    made.incoming(message, chat('open'), 'Mallory');
    expect(shown).toMatchObject([{ quiet: false, title: 'Mallory', body: 'pay up' }]);
    made.incoming({ ...message, body: '/me waits' }, chat('open'), 'Mallory');
    expect(shown.at(-1)).toMatchObject({ body: 'pay up\n* Mallory waits' });
  });
});
