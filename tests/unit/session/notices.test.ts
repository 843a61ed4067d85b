import { describe, expect, it } from 'vitest';
import { noMarks, type ChatRule, type Message } from '../../../src-shared/model/conversation';
import { account, onDesktop, romeo } from './notices-desktop';

describe('notifications of messages', () => {
  it('several of one conversation are one, with the newest lines', () => {
    const { write, shown } = onDesktop();
    write(romeo, 'one\nand a half');
    expect(shown()).toEqual([[romeo, 'romeo', 'one\nand a half']]);
    for (const body of ['two', 'three', 'four\nlines  of it']) write(romeo, body);
    expect(shown()).toEqual([[romeo, 'romeo (4)', 'two\nthree\nfour lines of it']]);
  });

  it('read, or put away, they begin anew', () => {
    const { write, shown, notices, open } = onDesktop();
    write(romeo, 'one');
    write(romeo, 'two');
    notices.read(romeo);
    expect(shown()).toEqual([]);
    write(romeo, 'three');
    expect(shown()).toEqual([[romeo, 'romeo', 'three']]);
    open.get(romeo)?.onDismiss();
    write(romeo, 'four');
    expect(shown()).toEqual([[romeo, 'romeo', 'four']]);
  });

  it('go with the message that is taken back, and not with one that they are not of', () => {
    const { write, shown, notices } = onDesktop();
    write(romeo, 'one', 'default', 1);
    write('nurse@x', 'two', 'default', 2);
    notices.retracted({ id: 3, peer: romeo } as Message);
    expect(shown()).toHaveLength(2);
    notices.retracted({ id: 1, peer: romeo } as Message);
    expect(shown()).toEqual([['nurse@x', 'nurse', 'two']]);
  });

  it('go with the account, all of them, and none comes after', () => {
    const { write, shown, notices, flashes } = onDesktop();
    write(romeo, 'one');
    notices.contactRequest('paris@x');
    notices.invitation('the ball', 'ball@x', null, true);
    notices.cameOnline({ jid: romeo, name: null, status: null }, true);
    expect([shown().length, flashes.at(-1)]).toEqual([4, true]);
    notices.end();
    expect([shown(), flashes.at(-1)]).toEqual([[], false]);
    write(romeo, 'two');
    expect(shown()).toEqual([]);
  });

  it('of more than four conversations there is one in all, which goes when everything is read', () => {
    const { write, shown, notices, told, open } = onDesktop();
    for (const name of ['a', 'b', 'c', 'd']) write(`${name}@x`, 'hello');
    expect(shown()).toHaveLength(4);
    write('e@x', 'hello');
    write('a@x', 'again');
    expect(shown()).toEqual([['*', '6 new messages in 5 chats', 'a (2)\ne (1)\nd (1)\nc (1)']]);
    notices.read('a@x');
    expect(shown()).toEqual([['*', '4 new messages in 4 chats', 'e (1)\nd (1)\nc (1)\nb (1)']]);
    expect(open.get('*')?.silent).toBe(true);
    for (const name of ['b', 'c', 'd', 'e']) notices.read(`${name}@x`);
    expect(shown()).toEqual([]);
    write('a@x', 'one by one again');
    expect(shown()).toEqual([['a@x', 'a', 'one by one again']]);
    open.get('a@x')?.onClick();
    expect(told.at(-1)).toMatchObject({ type: 'show-chat', peer: 'a@x' });
  });

  it('the one in all marks all as read', () => {
    const { write, shown, read, open } = onDesktop();
    for (const name of ['a', 'b', 'c', 'd', 'e']) write(`${name}@x`, 'hello');
    open.get('*')?.onMarkRead();
    expect(read).toEqual(['a@x', 'b@x', 'c@x', 'd@x', 'e@x']);
    write('a@x', 'new');
    expect(shown()).toContainEqual(['a@x', 'a', 'new']);
  });

  it('with or without the text and the sound, as the kind has it', () => {
    const { write, shown, state, rule, open } = onDesktop();
    write(romeo, 'secret');
    expect(open.get(romeo)?.silent).toBe(false);
    rule('message', { sound: false });
    state.allows = { text: false, sound: true };
    write(romeo, 'secret');
    expect(shown()).toEqual([[romeo, 'romeo (2)', '2 new messages']]);
    expect(open.get(romeo)?.silent).toBe(true);
    state.allows = null;
    write('nurse@x', 'secret');
    expect(shown()).toHaveLength(1);
  });

  it('a conversation’s own rule beats the kind’s, and do not disturb beats both', () => {
    const { write, shown, state, rule } = onDesktop();
    rule('message', { show: false });
    write(romeo, 'no');
    expect(shown()).toEqual([]);
    write(romeo, 'yes', 'all');
    expect(shown()).toHaveLength(1);
    rule('message', { show: true });
    write('nurse@x', 'no', 'none');
    state.presence = 'dnd';
    write('nurse@x', 'no', 'all');
    expect(shown()).toHaveLength(1);
  });

  it('of a group all, of a channel what names us, as long as nothing else is set for the room', () => {
    const { say, shown, sounds, notices, state } = onDesktop();
    const told = (room: string, more: Partial<Message>, set?: ChatRule) => {
      say(room, 'x', more, set);
      const [was, heard] = [shown().length > 0, sounds.splice(0).length > 0];
      notices.read(room);
      expect(heard).toBe(was);
      return was;
    };
    const [group, channel] = ['group@rooms.x', 'channel@rooms.x'];
    const named = { mention: true } as const;
    expect([told(group, {}), told(channel, {})]).toEqual([true, false]);
    expect([told(group, named), told(channel, named)]).toEqual([true, true]);
    expect([told(group, {}, 'mentions'), told(channel, {}, 'mentions')]).toEqual([false, false]);
    expect([told(group, named, 'mentions'), told(channel, named, 'mentions')]).toEqual([true, true]);
    expect([told(group, {}, 'all'), told(channel, {}, 'all')]).toEqual([true, true]);
    expect([told(group, named, 'none'), told(channel, named, 'none')]).toEqual([false, false]);
    // Those of the settings, for rooms without a rule of their own.
    const roomRules = { group: 'none', channel: 'all' } as const;
    state.settings = { ...state.settings, roomRules };
    expect([told(group, named), told(channel, {})]).toEqual([false, true]);
    expect([told(group, {}, 'all'), told(channel, {}, 'mentions')]).toEqual([true, false]);
    state.settings = { ...state.settings, roomRules: { ...roomRules, group: 'mentions' } };
    expect([told(group, {}), told(group, named)]).toEqual([false, true]);
  });

  it('of what was corrected so that it names us now, though it was read before', () => {
    const { notices, shown } = onDesktop();
    const room = 'channel@rooms.x';
    const chat = { peer: room, standing: 'open', unread: 0, draft: '', last: null, marks: noMarks } as const;
    const message = { peer: room, body: 'Juliet!', direction: 'in', nick: 'Romeo', mention: true } as Message;
    notices.incoming(message, chat, 'Verona', 'kept');
    expect(shown()).toEqual([]);
    notices.incoming(message, chat, 'Verona', 'corrected');
    expect(shown()).toEqual([[room, 'Verona', 'Romeo: Juliet!']]);
  });

  it('none of the chat that is open; only at its end what comes is read', () => {
    const { state, notices, shown, write } = onDesktop();
    Object.assign(state.front, { peer: romeo, focused: true, atEnd: false });
    write(romeo, 'further down');
    expect(shown()).toEqual([]);
    expect(notices.isSeen(romeo)).toBe(false);
    state.front.atEnd = true;
    expect(notices.isSeen(romeo)).toBe(true);
  });
});

describe('sounds of messages and people', () => {
  it('one elsewhere, one in the open chat; the desktop makes none beside ours', () => {
    const { write, sounds, state, open } = onDesktop();
    state.desktopSounds = false;
    write(romeo, 'one');
    expect([sounds.splice(0), open.get(romeo)?.silent]).toEqual([['elsewhere'], true]);
    Object.assign(state.front, { peer: romeo, focused: true });
    write(romeo, 'two');
    write('nurse@x', 'three');
    expect(sounds).toEqual(['message', 'elsewhere']);
  });

  it('none of a muted chat, nor where the kind has none, nor in do not disturb; one without a notification', () => {
    const { write, sounds, state, rule, open, notices } = onDesktop();
    write(romeo, 'no', 'none');
    rule('message', { sound: false });
    write(romeo, 'no');
    expect([sounds, open.size]).toEqual([[], 1]);
    notices.read(romeo);
    rule('message', { sound: true, show: false });
    write(romeo, 'heard alone');
    expect([sounds, open.size]).toEqual([['elsewhere'], 0]);
    state.presence = 'dnd';
    write(romeo, 'no');
    notices.cameOnline({ jid: romeo, name: null, status: null });
    notices.wentOffline(romeo);
    expect(sounds).toEqual(['elsewhere']);
    state.presence = 'online';
    notices.cameOnline({ jid: romeo, name: null, status: null });
    notices.wentOffline(romeo);
    expect(sounds).toEqual(['elsewhere', 'online', 'offline']);
  });
});

describe('notifications of people', () => {
  it('T31 who wants to be a contact is named by the address alone, all of them in one', () => {
    const { notices, shown, open, told, rule } = onDesktop();
    notices.contactRequest('mallory@evil.test');
    expect(shown()).toEqual([['?', 'Contact request', 'mallory@evil.test']]);
    expect(open.get('?')).toMatchObject({ quiet: true, silent: true, replyLabel: null, markReadLabel: null });
    notices.contactRequest('eve@evil.test');
    expect(shown()).toEqual([['?', '2 contact requests', 'mallory@evil.test\neve@evil.test']]);
    open.get('?')?.onClick();
    expect(told.at(-1)).toMatchObject({ type: 'show-requests' });
    notices.contactRequestGone('mallory@evil.test');
    expect(shown()).toEqual([['?', 'Contact request', 'eve@evil.test']]);
    notices.contactRequestGone('eve@evil.test');
    expect(shown()).toEqual([]);
    rule('contact', { show: false });
    notices.contactRequest('eve@evil.test');
    expect(shown()).toEqual([]);
  });

  it('who comes online and was waited for: whatever the settings say of others, but not while nothing is to be told', () => {
    const { notices, shown, state } = onDesktop();
    const who = { jid: romeo, name: 'Romeo', status: null };
    state.presence = 'dnd';
    expect(notices.cameOnline(who, true)).toBe(false);
    state.presence = 'online';
    state.allows = null;
    expect(notices.cameOnline(who, true)).toBe(false);
    expect(shown()).toEqual([]);
    state.allows = { text: true, sound: true };
    expect(notices.cameOnline(who)).toBe(false);
    expect(notices.cameOnline(who, true)).toBe(true);
    expect(shown()).toEqual([[`@${romeo}`, 'Romeo is online', '']]);
  });

  it('who comes online: where the settings say so', () => {
    const { notices, shown, state, rule } = onDesktop();
    const who = { jid: romeo, name: 'Romeo', status: 'under the balcony' };
    notices.cameOnline(who);
    expect(shown()).toEqual([]);
    rule('online', { show: true });
    notices.cameOnline(who);
    expect(shown()).toEqual([[`@${romeo}`, 'Romeo is online', 'under the balcony']]);
    notices.wentOffline(romeo);
    expect(shown()).toEqual([]);
    state.allows = { text: false, sound: true };
    notices.cameOnline({ ...who, name: null });
    expect(shown()).toEqual([[`@${romeo}`, `${romeo} is online`, '']]);
    notices.wentOffline(romeo);
    state.presence = 'dnd';
    notices.cameOnline(who);
    expect(shown()).toEqual([]);
  });
});

describe('a buzz', () => {
  it('shakes the window, is heard, and is told of where nobody looks', () => {
    const { buzz, shaken, sounds, shown, flashes, told } = onDesktop();
    buzz();
    expect([shaken(), sounds, flashes]).toEqual([1, ['buzz'], [true]]);
    expect(shown()).toEqual([[romeo, 'Romeo', 'Wants your attention']]);
    expect(told.find(({ type }) => type === 'buzz')).toMatchObject({ account, peer: romeo });
  });

  it('before the user’s eyes it needs no notification', () => {
    const { buzz, shaken, sounds, shown, state } = onDesktop();
    state.front.peer = romeo;
    state.front.focused = true;
    buzz();
    expect([shaken(), sounds, shown()]).toEqual([1, ['buzz'], []]);
  });

  it('T31 is felt once a minute for each chat, however many come', async () => {
    const { buzz, shaken, sounds, shown, clock } = onDesktop();
    for (let count = 0; count < 20; count += 1) buzz();
    await clock.advance(59_000);
    buzz();
    expect([shaken(), sounds.length, shown()]).toEqual([1, 1, [[romeo, 'Romeo', 'Wants your attention']]]);
    buzz({ peer: 'nurse@example.org' });
    await clock.advance(1_000);
    buzz();
    expect(shaken()).toBe(2);
  });

  it('T31 of a stranger, or somebody blocked, muted or silenced, is not felt; nor in do not disturb and quiet hours', () => {
    const { buzz, shaken, sounds, state } = onDesktop();
    for (const standing of ['request', 'ignored', 'blocked'] as const) buzz({ standing });
    buzz({ marks: { ...noMarks, mutedUntil: 1 } });
    buzz({ marks: { ...noMarks, rule: 'none' } });
    state.presence = 'dnd';
    buzz();
    state.presence = 'online';
    state.allows = null;
    buzz();
    expect([shaken(), sounds]).toEqual([0, []]);
  });

  it('that waited at the server, or with the setting off, is a message like another', () => {
    const { buzz, shaken, sounds, shown, state } = onDesktop();
    buzz({}, false);
    state.settings = { ...state.settings, buzz: false };
    buzz();
    expect([shaken(), sounds]).toEqual([0, ['elsewhere', 'elsewhere']]);
    expect(shown()).toEqual([[romeo, 'Romeo (2)', 'Wants your attention\nWants your attention']]);
  });
});
