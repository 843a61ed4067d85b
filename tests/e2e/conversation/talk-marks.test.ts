import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composer, en, log, openChat, phaseOf, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

describe('what becomes of a message', () => {
  let talk: Talk;
  let server: Talk['server'];
  let stage: Talk['stage'];
  let juliet: Talk['juliet'];
  let romeo: Talk['romeo'];
  let friar: Talk['friar'];
  let write: Talk['write'];
  let chatRow: Talk['chatRow'];
  let nextFor: Talk['nextFor'];

  beforeAll(async () => {
    talk = await openTalk();
    ({ server, stage, juliet, romeo, friar, write, chatRow, nextFor } = talk);
  });
  afterAll(() => talk.stop());

  it('a press on a chat reads it, so that its words stand there with the click', async () => {
    const { page } = stage;
    await friar.sendMessage(juliet.jid, 'read before it is opened');
    const row = chatRow('Friar').filter({ hasText: 'read before it is opened' });
    await row.hover();
    await page.mouse.down();
    await page.waitForTimeout(500);
    await page.evaluate(() => {
      new MutationObserver(() => {
        if (document.querySelector('main .skeleton')) document.body.dataset['waited'] = 'yes';
      }).observe(document.body, { subtree: true, childList: true });
    });
    await page.mouse.up();
    await log(page).getByText('read before it is opened').waitFor();
    expect(await page.evaluate(() => document.body.dataset['waited'])).toBeUndefined();
  });

  it('marks: sent once the server has it, received once they do', async () => {
    await openChat(stage.page, 'Friar');
    await write('marked', 'Friar');
    const message = log(stage.page).locator('article').filter({ hasText: 'marked' });
    await soon(() => message.locator('.state').innerText()).toBe(en('common.delivery-sent'));
    const heard = await nextFor(friar);
    expect(heard.body).toBe('marked');
    await friar.sendReceipt(juliet.jid, heard.id ?? '');
    await soon(() => message.locator('.state').innerText()).toBe(en('common.delivery-received'));
    await soon(() => chatRow('Friar').locator('svg.dl').getAttribute('aria-label')).toBe(
      en('common.delivery-received'),
    );
    await friar.sendMessage(juliet.jid, 'want a receipt', { requestReceipt: true, id: 'wanted' });
    await friar.waitForMessage(({ receiptFor }) => receiptFor === 'wanted');
    await openChat(stage.page);
    await write('by a client that answers by itself');
    await soon(() => log(stage.page).locator('article').last().locator('.state').innerText()).toBe(
      en('common.delivery-received'),
    );
    expect((await nextFor(romeo)).body).toBe('by a client that answers by itself');
  });

  it('R20 one that is refused says so, and can be tried again or deleted', async () => {
    await openChat(stage.page, 'Friar');
    await write('refuse me', 'Friar');
    const stanzas = 'urn:ietf:params:xml:ns:xmpp-stanzas';
    const refuse = async (): Promise<void> => {
      const { id, body, from } = await nextFor(friar);
      expect(body).toBe('refuse me');
      await friar.sendRaw(
        `<message xmlns='jabber:client' type='error' id='${id ?? ''}' to='${from}'><error type='cancel'><not-acceptable xmlns='${stanzas}'/></error></message>`,
      );
    };
    const message = log(stage.page).locator('article').filter({ hasText: 'refuse me' });
    const reason = { reason: en('conversation.reason-not-acceptable') };
    await refuse();
    await soon(() => message.innerText()).toContain(en('conversation.failed-because', reason));
    // Said too, to whoever has gone on.
    const failure = en('conversation.failed-because', reason);
    await soon(() => stage.page.locator('[aria-live="polite"] .news').textContent()).toBe(
      en('conversation.news-failed', { failure, text: 'refuse me' }),
    );
    await message.getByRole('button', { name: en('conversation.try-again') }).click();
    await refuse();
    await message.getByRole('button', { name: en('conversation.delete') }).click();
    await message.waitFor({ state: 'detached' });
  });

  it('a draft is kept, in the list and after a restart', async () => {
    await openChat(stage.page);
    await composer(stage.page).fill('half a tho');
    await openChat(stage.page, 'Nurse');
    await soon(() => chatRow('Romeo').innerText()).toContain(`${en('roster.draft')} half a tho`);
    await stage.restart();
    await openChat(stage.page);
    await soon(() => composer(stage.page).inputValue()).toBe('half a tho');
    await composer(stage.page).fill('');
  });

  it('what was sent is no draft, though the chat was left before it was on the disk', async () => {
    await openChat(stage.page);
    const others = await chatRow('Friar').elementHandle();
    await composer(stage.page).evaluate((field: HTMLTextAreaElement, row) => {
      field.value = 'sent and away';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      (row as HTMLElement).click();
    }, others);
    await composer(stage.page, 'Friar').waitFor();
    expect((await nextFor(romeo)).body).toBe('sent and away');
    await openChat(stage.page);
    await log(stage.page).getByText('sent and away').waitFor();
    await soon(() => composer(stage.page).inputValue()).toBe('');
    await openChat(stage.page, 'Nurse');
    await soon(() => chatRow('Romeo').innerText()).not.toContain(en('roster.draft'));
  });

  it('R5 typed while the server is down it waits with its mark, and goes once when it is back', async () => {
    await openChat(stage.page);
    await server.crash();
    await soon(() => phaseOf(stage.page)).not.toBe('online');
    await stage.page.getByText(en('conversation.offline')).waitFor();
    const texts = ['waits 1', 'waits 2', 'waits 3'];
    for (const text of texts) {
      await write(text);
      const message = log(stage.page).locator('article').filter({ hasText: text });
      await soon(() => message.locator('.waits').getAttribute('data-tip')).toBe(
        en('common.delivery-waiting'),
      );
    }
    await romeo.disconnect();
    await server.start();
    await romeo.connect();
    await soon(() => phaseOf(stage.page)).toBe('online');
    for (const text of texts) expect((await nextFor(romeo)).body).toBe(text);
    const last = log(stage.page).locator('article').filter({ hasText: 'waits 3' });
    await soon(() => last.locator('.state').innerText()).toBe(en('common.delivery-received'));
    await soon(() => log(stage.page).locator('.waits').count()).toBe(0);
    // Whatever would come twice has come before this one.
    await write('after all');
    expect((await nextFor(romeo)).body).toBe('after all');
    const heard = romeo.messages.map(({ body }) => body ?? '');
    expect(heard.filter((body) => body.startsWith('waits'))).toEqual(texts);
  });
});
