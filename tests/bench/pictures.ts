import type { Desktop } from '../desktop/desktop';
import { connectPeer } from '../peers/connect-peer';
import { crowdOf } from '../servers/prosody/crowd';
import { newAccount, type TestAccount } from '../servers/shared';
import type { TestServer } from '../servers/server';
import { company } from '../support/company';
import { pngOf } from '../support/pictures';
import { askSlot, putFile } from './slot';
import { accountOf, ask, scroll, withFlint } from './page';
import { percentile } from './stats';
import type { Measured } from './table';

const PICTURES = 500;
const RUNS = 3;
const SIDE = 320;
const CONTACTS = 20;
/** Pixels a frame, as a wheel that is turned fast; so many frames go by all of them. */
const STEP = -200;
const FRAMES = 600;

/** A conversation with five hundred pictures in it is scrolled from its end to its beginning. */
export async function measurePictures(
  server: TestServer,
  desktop: Desktop,
  signIn: (account: TestAccount) => Promise<string>,
): Promise<readonly Measured[]> {
  const [nora, painter] = [
    await newAccount(server, server, 'nora'),
    await newAccount(server, server, 'painter'),
  ];
  const crowd = crowdOf(server);
  await crowd.fill(nora.name, company(CONTACTS, server.domain));
  await crowd.present(true);
  const userData = await signIn(nora);
  await withFlint(desktop, userData, async ({ page }) => {
    await page.locator('[role=treeitem] .pr.online').first().waitFor();
    const account = await accountOf(page);
    await paint(server, painter, nora.jid);
    for (let there = 0; there < PICTURES;) {
      await page.waitForTimeout(500);
      const chats = await ask(page, 'chats.list', { account });
      there = chats.value.find(({ peer }) => peer === painter.jid)?.unread ?? 0;
    }
  });
  const runs: (readonly number[])[] = [];
  for (let run = 0; run < RUNS; run += 1)
    runs.push(
      await withFlint(desktop, userData, async ({ page }) => {
        await page.getByRole('option', { name: painter.name }).first().click();
        await page.locator('[role=log] .picture img').last().waitFor();
        return page.evaluate<number[]>(scroll('[role=log]', STEP, FRAMES));
      }),
    );
  return [0.5, 0.95, 1].map((share) => ({
    name: `500 pictures scrolled by: a frame, ${share === 1 ? 'longest' : `p${String(share * 100)}`}`,
    runs: runs.map((frames) => percentile(frames, share)),
    unit: 'ms',
    ...(share === 0.95 ? { target: 'at most 50' } : {}),
  }));
}

async function paint(server: TestServer, painter: TestAccount, to: string): Promise<void> {
  const peer = await connectPeer(server, painter, { client: 'stanza' });
  try {
    for (let n = 0; n < PICTURES; n += 1) {
      const bytes = pngOf(SIDE, [(n * 37) % 256, (n * 91) % 256, (n * 151) % 256]);
      const slot = await askSlot(peer, `upload.${server.domain}`, `${String(n)}.png`, bytes.length);
      await putFile(slot, bytes);
      const url = slot.get.replaceAll('&', '&amp;');
      await peer.sendRaw(
        `<message xmlns="jabber:client" type="chat" to="${to}" id="p${String(n)}"><body>${url}</body><x xmlns="jabber:x:oob"><url>${url}</url></x></message>`,
      );
    }
  } finally {
    await peer.disconnect();
  }
}
