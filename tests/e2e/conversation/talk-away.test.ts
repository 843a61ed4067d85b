import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringBack, en, inMain, log, openChat, putAway, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

describe('while one looks elsewhere', () => {
  let talk: Talk;
  let stage: Talk['stage'];
  let juliet: Talk['juliet'];
  let romeo: Talk['romeo'];
  let nurse: Talk['nurse'];
  let lastBody: Talk['lastBody'];
  let chatRow: Talk['chatRow'];

  beforeAll(async () => {
    talk = await openTalk();
    ({ stage, juliet, romeo, nurse, lastBody, chatRow } = talk);
  });
  afterAll(() => talk.stop());

  it('with the window away: unread, title, tray, one notification for each conversation', async () => {
    await openChat(stage.page);
    await romeo.sendMessage(juliet.jid, 'seen');
    // A window that nobody sees draws no new rows; those that are there go on telling.
    await chatRow('Romeo').getByText('seen').waitFor();
    await putAway(stage);
    stage.desktop.notifications.clear();
    await romeo.sendMessage(juliet.jid, 'one <b>');
    await romeo.sendMessage(juliet.jid, 'two & three 你好');
    const both = 'one &lt;b&gt;\ntwo &amp; three 你好';
    const shown = await stage.desktop.notifications.waitFor(({ body }) => body === both);
    expect(shown.summary).toBe('Romeo (2)');
    expect(stage.desktop.notifications.list().filter(({ closed }) => !closed)).toHaveLength(1);
    await soon(() => stage.page.title()).toBe('(2) Romeo – Flint');
    await soon(() => stage.desktop.tray.tooltip()).toContain(en('tray.unread', { count: 2 }));
    await soon(() => chatRow('Romeo').innerText()).toContain(en('roster.unread', { count: 2 }));

    await bringBack(stage);
    await soon(() => stage.page.title()).toBe('Romeo – Flint');
    await log(stage.page)
      .getByText(en('conversation.new-messages', { count: 2 }))
      .waitFor();
    await soon(() => stage.desktop.notifications.list().every(({ closed }) => closed)).toBe(true);
    await soon(() => stage.desktop.tray.tooltip()).not.toContain(en('tray.unread', { count: 2 }));
  });

  it('in front, what comes into another conversation is unread and notified too', async () => {
    await openChat(stage.page);
    stage.desktop.notifications.clear();
    await nurse.sendMessage(juliet.jid, 'Madam!');
    await stage.desktop.notifications.waitFor(
      ({ summary, body }) => summary === 'Nurse' && body === 'Madam!',
    );
    await soon(() => chatRow('Nurse').innerText()).toContain(en('roster.unread', { count: 1 }));
    await soon(() => stage.page.title()).toBe('(1) Romeo – Flint');
    await romeo.sendMessage(juliet.jid, 'seen at once');
    await soon(lastBody).toBe('seen at once');
    expect(stage.desktop.notifications.list().some(({ summary }) => summary === 'Romeo')).toBe(false);
  });

  it('a click on a notification opens its conversation, out of the tray too', async () => {
    await putAway(stage);
    stage.desktop.notifications.clear();
    await nurse.sendMessage(juliet.jid, 'Your mother calls');
    const shown = await stage.desktop.notifications.waitFor(
      ({ body }) => body === 'Madam!\nYour mother calls',
    );
    stage.desktop.notifications.click(shown.id);
    await soon(() => inMain(stage, (window) => [window.isVisible(), window.isFocused()])).toEqual([
      true,
      true,
    ]);
    await stage.page.getByRole('heading', { level: 1, name: 'Nurse' }).waitFor();
    await soon(lastBody).toBe('Your mother calls');
    await soon(() => stage.page.title()).toBe('Nurse – Flint');
  });

  it('a reply from the notification is sent and stands in the conversation', async () => {
    await putAway(stage);
    stage.desktop.notifications.clear();
    await nurse.sendMessage(juliet.jid, 'Are you coming?');
    const shown = await stage.desktop.notifications.waitFor(({ body }) => body === 'Are you coming?');
    expect(shown.actions.map(({ key, label }) => [key, label])).toEqual([
      ['default', ''],
      ['inline-reply', en('notification.reply')],
      ['mark-read', en('notification.markRead')],
    ]);
    stage.desktop.notifications.reply(shown.id, 'Anon! <&> 马上');
    await nurse.waitForMessage(({ body }) => body === 'Anon! <&> 马上');
    await soon(() => stage.desktop.tray.tooltip()).not.toContain('unread');
    await bringBack(stage);
    await soon(lastBody).toBe('Anon! <&> 马上');
  });

  it('Mark as read in the notification does that', async () => {
    await putAway(stage);
    stage.desktop.notifications.clear();
    await nurse.sendMessage(juliet.jid, 'Nothing urgent');
    const shown = await stage.desktop.notifications.waitFor(({ body }) => body === 'Nothing urgent');
    await soon(() => stage.desktop.tray.tooltip()).toContain(en('tray.unread', { count: 1 }));
    stage.desktop.notifications.invoke(shown.id, 'mark-read');
    await soon(() => stage.desktop.tray.tooltip()).not.toContain('unread');
    expect(await inMain(stage, (window) => window.isVisible())).toBe(false);
    await bringBack(stage);
  });
});
