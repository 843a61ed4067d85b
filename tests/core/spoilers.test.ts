import { describe, expect, it } from 'vitest';
import { sharedServers } from '../servers/shared';
import { messagesWith, signedIn } from './support';

const SPOILER = 'urn:xmpp:spoiler:0';

describe.each(sharedServers())('spoilers on %s', (kind) => {
  it('go out with their hint and come with it, forwarded too; lists, notices and quotes say the hint alone', async () => {
    const pair = await signedIn(kind);
    const { juliet, account, romeo, romeoAccount, julietAccount } = pair;
    const peer = romeoAccount.jid;
    const chat = async () =>
      (await juliet.ask('chats.list', { account })).value.find((one) => one.peer === peer);
    const sent = await juliet.ask('message.send', {
      ...{ account, peer, body: 'they both die' },
      spoiler: 'the end',
    });
    expect(sent).toMatchObject({ body: 'they both die', spoiler: 'the end' });
    const xml = await romeo.waitForRaw((one) => one.includes(SPOILER));
    expect(xml).toMatch(/<spoiler[^>]*>the end<\/spoiler>/u);
    expect(xml).toContain('they both die');
    expect((await chat())?.last).toMatchObject({ text: '', spoiler: 'the end' });
    await juliet.ask('message.rewrite', { account, id: sent.id, body: 'they both live' });
    const corrected = await romeo.waitForRaw((one) => one.includes('they both live'));
    expect(corrected).toMatch(/<spoiler[^>]*>the end<\/spoiler>/u);

    await romeo.sendRaw(
      `<message type='chat' id='a-spoiler-of-romeo' to='${julietAccount.jid}'><body>it was the friar</body><spoiler xmlns='${SPOILER}'/></message>`,
    );
    const theirs = await juliet.until(
      async () => (await messagesWith(pair)).find(({ direction }) => direction === 'in'),
      'the spoiler',
    );
    expect(theirs).toMatchObject({ body: 'it was the friar', spoiler: '' });
    expect((await chat())?.last).toMatchObject({ text: '', spoiler: '' });
    await juliet.ask('message.send', { account, peer, body: 'no!', answers: theirs.id });
    const answer = await romeo.waitForMessage(({ body }) => body?.endsWith('no!') === true);
    expect(answer.body).toBe('> …\nno!');
    const last = (await messagesWith(pair)).at(-1);
    expect(last?.reply?.quoted).toMatchObject({ text: '', spoiler: '' });

    await juliet.ask('message.forward', { account, peer, id: sent.id });
    const forwarded = await romeo.waitForRaw((one) => one.includes('they both live'));
    expect(forwarded).toMatch(/<spoiler[^>]*>the end<\/spoiler>/u);
  });
});
