import { peerShares, peerUploads } from '../core/files-support';
import { converse } from '../e2e/office';
import { en, log } from '../e2e/support';
import { hallPlan } from './drawings';
import type { Office } from './seeded';

/** Nora and Maya talk: with code, a reaction and a picture, to the point where Maya types. */
export async function talkOfToday({ stage, server, peers, jid }: Office): Promise<void> {
  const { page } = stage;
  const maya = peers.get('maya')!;
  const nora = jid('nora');
  const id = await converse(stage, server, peers);
  await maya.sendRaw(
    `<message type='chat' id='r-1' to='${nora}'><reactions xmlns='urn:xmpp:reactions:0' id='${id}'><reaction>🎉</reaction></reactions><store xmlns='urn:xmpp:hints'/></message>`,
  );
  await maya.sendMessage(nora, 'Where the scanners are from Thursday on:');
  const plan = { name: 'hall-b-scanners.png', type: 'image/png', bytes: hallPlan };
  await peerShares(maya, nora, await peerUploads(maya, `upload.${server.domain}`, plan));
  await log(page)
    .getByRole('button', { name: en('files.enlarge', { name: plan.name }) })
    .waitFor();
  await maya.sendChatState(nora, 'composing');
  await page.getByRole('status').filter({ hasText: 'Maya Okafor' }).waitFor();
}
