import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPeer } from '../../peers/connect-peer';
import { bringBack, en, log, openChat, putAway, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

describe('messages that others change, and other kinds of them', () => {
  let talk: Talk;
  beforeAll(async () => {
    talk = await openTalk();
    await openChat(talk.stage.page);
  });
  afterAll(() => talk.stop());

  const message = (text: string) => log(talk.stage.page).locator('article').filter({ hasText: text });
  const raw = (xml: string): Promise<void> => talk.romeo.sendRaw(xml);

  it('a correction shows the new text, says so, and keeps what it said before (XEP-0308)', async () => {
    const { page } = talk.stage;
    await talk.romeo.sendMessage(talk.juliet.jid, 'Meet xmpp:friar@example.org at noo', { id: 'typo-1' });
    await message('at noo').waitFor();
    await raw(
      `<message xmlns='jabber:client' type='chat' id='fix-1' to='${talk.juliet.jid}'><body>Meet at noon</body><replace xmlns='urn:xmpp:message-correct:0' id='typo-1'/></message>`,
    );
    await message('Meet at noon')
      .getByRole('button', { name: en('conversation.edited') })
      .click();
    const versions = page.getByRole('dialog', { name: en('conversation.edited-title') });
    await soon(() => versions.innerText()).toContain('at noo');
    await versions.getByRole('link').click();
    const asked = page.getByRole('alertdialog', {
      name: en('link.chat-title', { jid: 'friar@example.org' }),
    });
    await asked.getByRole('button', { name: en('common.cancel') }).click();
    await versions.waitFor({ state: 'detached' });
    expect(await log(page).locator('article').count()).toBe(1);
  });

  it('a retraction takes the text away and leaves word of it (XEP-0424)', async () => {
    await talk.romeo.sendMessage(talk.juliet.jid, 'I hate the name', { id: 'regret-1' });
    await message('I hate the name').waitFor();
    await raw(
      `<message xmlns='jabber:client' type='chat' id='undo-1' to='${talk.juliet.jid}'><retract xmlns='urn:xmpp:message-retract:1' id='regret-1'/><body>This person attempted to retract a previous message, but it is unsupported by your client.</body><fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:message-retract:1'/><store xmlns='urn:xmpp:hints'/></message>`,
    );
    await message(en('conversation.retracted')).waitFor();
    await message('I hate the name').waitFor({ state: 'detached' });
    expect(await message('attempted to retract').count()).toBe(0);
  });

  it('a headline stands for itself, with its subject', async () => {
    await raw(
      `<message xmlns='jabber:client' type='headline' id='news-1' to='${talk.juliet.jid}'><subject>Maintenance tonight</subject><body>From six to seven.</body></message>`,
    );
    const notice = log(talk.stage.page).locator('article.notice');
    await notice.filter({ hasText: 'From six to seven.' }).waitFor();
    expect(await notice.innerText()).toContain(en('conversation.notice'));
    expect(await notice.innerText()).toContain('Maintenance tonight');
  });

  it('what is written on another device stands among the own ones', async () => {
    const other = await connectPeer(talk.server, talk.juliet, { client: 'stanza', silent: true });
    await other.sendMessage(talk.romeo.bareJid, 'from my phone');
    const own = message('from my phone');
    await own.waitFor();
    expect(await own.innerText()).toContain(en('conversation.you'));
    await soon(() => own.locator('.state').innerText()).toMatch(
      new RegExp(`${en('common.delivery-sent')}|${en('common.delivery-received')}`, 'u'),
    );
    await other.disconnect();
  });

  it('what was read on another device is no longer unread here', async () => {
    await putAway(talk.stage);
    await talk.romeo.sendMessage(talk.juliet.jid, 'are you there?', { id: 'seen-1' });
    await soon(() => talk.stage.page.title()).toBe('(1) Romeo – Flint');
    const other = await connectPeer(talk.server, talk.juliet, { client: 'stanza', silent: true });
    await other.sendRaw(
      `<message xmlns='jabber:client' type='chat' to='${talk.romeo.bareJid}'><displayed xmlns='urn:xmpp:chat-markers:0' id='seen-1'/><store xmlns='urn:xmpp:hints'/></message>`,
    );
    await soon(() => talk.stage.page.title()).toBe('Romeo – Flint');
    await other.disconnect();
    await bringBack(talk.stage);
  });
});
