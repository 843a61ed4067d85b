import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { peerShares, peerUploads } from '../core/files-support';
import { PASSWORD } from '../e2e/office';
import { pasteLargePicture } from '../e2e/paste-picture';
import { accountOf, ask, en, log, settings, sidebar, soon } from '../e2e/support';
import { connectPeer } from '../peers/connect-peer';
import type { FilePeer } from '../peers/file-peer';
import type { Peer } from '../peers/peer';
import { slixmppPeer } from '../peers/slixmpp/slixmpp-peer';
import { wavOf } from '../support/media';
import { pngOf } from '../support/pictures';
import { hallPlan } from './drawings';
import { handsOf } from './hands';
import { holdUpload } from './held';
import { openOffice, type Office } from './seeded';

/** What stands behind links, files from one computer to the other, files on their way, and what is heard. */
let office: Office;
let maya: Peer;
let ingrid: Peer & FilePeer;
let web: Server;
let site = '';
const hands = handsOf(() => office);
const { page, dialog, stay, scene, openPeer, item, button, message } = hands;
const card = (name: string): Locator => log(page()).getByRole('group', { name });
const tray = (): Locator => page().getByRole('list', { name: en('files.tray') });
const says = (body: string): Promise<void> =>
  maya.sendRaw(`<message type='chat' to='${office.jid('nora')}'><body>${body}</body></message>`);
const fileOf = (name: string, bytes: Uint8Array | string): string => {
  const path = join(office.stage.desktop.dir, name);
  writeFileSync(path, bytes);
  return path;
};
const choose = (path: string): Promise<void> => page().locator('input[type=file]').setInputFiles(path);
const saveTo = (name: string): Promise<void> =>
  office.stage.flint.app.evaluate(
    ({ dialog: asks }, to) => {
      asks.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: to });
    },
    join(office.stage.desktop.dir, name),
  );
const offer = async (name: string, bytes: Uint8Array, size = bytes.length): Promise<void> => {
  const { from } = await ingrid.waitForPresence(office.jid('nora'), ({ available }) => available);
  void ingrid.offerFile(from, { name, bytes, size });
  await card(name).waitFor();
};
const accept = (name: string): Promise<void> =>
  card(name)
    .getByRole('button', { name: en('files.accept-named', { name }) })
    .click();
const shares = async (name: string, type: string, bytes: Buffer): Promise<void> => {
  const service = `upload.${office.server.domain}`;
  await peerShares(maya, office.jid('nora'), await peerUploads(maya, service, { name, type, bytes }));
};
const record = async (): Promise<Locator> => {
  await button('voice.record');
  const bar = page().getByRole('group', { name: en('voice.recording') });
  await soon(async () => Number((await bar.locator('.time').innerText()).split(':')[1])).toBeGreaterThan(2);
  return bar;
};

beforeAll(async () => {
  web = createServer(({ url = '' }, response) => {
    if (url === '/p.png') response.end(pngOf(240, [196, 70, 40]));
    else if (url === '/gone') response.writeHead(404).end();
    else
      response.end(
        `<title>x</title><meta property="og:title" content="Hall B: where the scanners are now, with pictures of every gate"><meta property="og:description" content="The plan of Thursday. Gates 1 to 4 have two scanners each, the spare one is in the office of the dock."><meta property="og:image" content="/p.png">`,
      );
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  site = `http://localhost:${String((web.address() as AddressInfo).port)}`;
  // A microphone that gives a tone again and again.
  office = await openOffice({}, ['--use-fake-device-for-media-stream']);
  maya = await connectPeer(office.server, { jid: office.jid('maya'), password: PASSWORD });
  ingrid = slixmppPeer(
    office.server,
    { jid: office.jid('ingrid'), password: PASSWORD },
    { resource: 'desk' },
  );
  await ingrid.connect();
  await maya.sendMessage(office.jid('nora'), 'Good morning');
});
afterAll(async () => {
  await Promise.allSettled([maya.disconnect(), ingrid.disconnect()]);
  await office.stop();
  web.closeAllConnections();
  web.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await page().reload();
  await sidebar(page()).waitFor();
});

describe('the gallery: links', () => {
  it('asked about, once', () =>
    scene(
      'a0-link-ask',
      async () => {
        await openPeer('Maya Okafor');
        await says(`Where they are now: ${site}/hall-b`);
        await log(page())
          .getByRole('group', { name: en('conversation.preview-ask') })
          .waitFor();
      },
      stay,
    ));
  it('what is behind them, or only the link', () =>
    scene(
      'a1-link-card',
      async () => {
        await button('conversation.preview-yes');
        await log(page()).locator('.link-card img').waitFor();
        await says(`And the old plan: ${site}/gone`);
        await message('the old plan').waitFor();
      },
      stay,
    ));
});

describe('the gallery: sound', () => {
  it('a voice message is recorded', () => scene('a2-voice-record', record));
  it('and heard; other sound too', () =>
    scene(
      'a3-voice',
      async () => {
        const bar = await record();
        await bar.getByRole('button', { name: en('voice.send') }).click();
        await bar.waitFor({ state: 'detached' });
        const own = log(page()).locator('svg.wave').last();
        await own.waitFor();
        await shares('Horn of line 3.wav', 'audio/wav', wavOf(40));
        const player = card('Horn of line 3.wav');
        await player.getByRole('button', { name: en('files.play', { name: 'Horn of line 3.wav' }) }).click();
        await soon(() =>
          player.locator('audio').evaluate((one) => (one as HTMLMediaElement).currentTime),
        ).toBeGreaterThan(0);
        await player.locator('audio').evaluate((one) => {
          (one as HTMLMediaElement).currentTime = 14;
          (one as HTMLMediaElement).playbackRate = 0.1;
        });
      },
      () =>
        card('Horn of line 3.wav')
          .getByRole('button', { name: en('files.pause', { name: 'Horn of line 3.wav' }) })
          .click(),
    ));
  it('no microphone', () =>
    scene(
      'a4-voice-fault',
      async () => {
        await page().evaluate(() => {
          navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
        });
        await button('voice.record');
        await page().getByText(en('voice.fault-none')).waitFor();
      },
      () => button('common.close'),
    ));
});

describe('the gallery: files on their way', () => {
  it('a screen to choose', () =>
    scene('a5-screens', async () => {
      await button('files.attach');
      await item('files.screenshot');
      await dialog()
        .getByRole('button', { name: en('files.screen', { number: 1 }) })
        .waitFor();
    }));
  it('a large picture', () =>
    scene('a6-smaller', async () => {
      await pasteLargePicture(page());
      await dialog().waitFor();
    }));
  it('dropped', async () => {
    const data = await page().evaluateHandle(() => {
      const held = new DataTransfer();
      held.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }));
      return held;
    });
    const over = (event: 'dragenter' | 'dragleave'): Promise<void> =>
      page().getByRole('main').dispatchEvent(event, { dataTransfer: data });
    const words = page().getByText(en('files.drop', { name: 'Maya Okafor' }));
    await scene(
      'a7-drop',
      async () => {
        await over('dragenter');
        await words.waitFor();
      },
      async () => {
        await over('dragleave');
        await words.waitFor({ state: 'detached' });
      },
    );
  });
  it('shared here', () =>
    scene(
      'a8-shared',
      async () => {
        await openPeer('Maya Okafor');
        await shares(
          'Test sheet of line 3, both rolls, with the old and the new offset.pdf',
          'application/pdf',
          Buffer.alloc(90_000),
        );
        await shares('hall-b-scanners.png', 'image/png', hallPlan);
        await log(page())
          .getByRole('button', { name: en('files.enlarge', { name: 'hall-b-scanners.png' }) })
          .waitFor();
        await hands.details();
        await page()
          .locator(`[data-tip="${en('files.shared-show', { name: 'hall-b-scanners.png' })}"]`)
          .scrollIntoViewIfNeeded();
      },
      hands.closeDetails,
    ));
  it('uploaded', async () => {
    const name = 'Hall B, camera 2 at gate 4.mp4';
    const free = await holdUpload(office.stage, 80);
    await scene(
      'ad-upload',
      async () => {
        await openPeer('Maya Okafor');
        await choose(fileOf(name, Buffer.alloc(9_000_000)));
        const bar = tray().getByRole('progressbar');
        await soon(async () => Number(await bar.getAttribute('value'))).toBeGreaterThan(0);
      },
      async () => {
        await tray()
          .getByRole('button', { name: en('files.cancel', { name }) })
          .click();
        await tray().waitFor({ state: 'detached' });
        await free();
      },
    );
  });
  it('not loaded by itself, and nothing that a picture hides goes out unasked', () =>
    scene(
      'ae-held',
      async () => {
        await settings(page(), { autoLoadMegabytes: 0 });
        await openPeer('Maya Okafor');
        await shares('gate-4.png', 'image/png', hallPlan);
        await log(page()).getByText(en('files.held-large')).last().waitFor();
        await choose(fileOf('Hall B.heic', Buffer.from('\0\0\0\x18ftypheic', 'latin1')));
        await tray().getByRole('alert').waitFor();
      },
      async () => {
        await tray()
          .getByRole('button', { name: en('files.cancel', { name: 'Hall B.heic' }) })
          .click();
        await settings(page(), { autoLoadMegabytes: 5 });
      },
    ));
  it('without a connection, and too large', () =>
    scene(
      'a9-queue',
      async () => {
        const account = await accountOf(page());
        await openPeer('Maya Okafor');
        await choose(fileOf('Hall B, all cameras.mp4', Buffer.alloc(24_000_000)));
        await tray().getByRole('alert').waitFor();
        await ask(page(), 'presence.set', { account, kind: 'offline', status: null });
        await choose(fileOf('Where the scanners are, as of Thursday.pdf', 'later'));
        await soon(() => tray().innerText()).toContain(en('files.waiting'));
      },
      async () => {
        const account = await accountOf(page());
        for (const name of ['Hall B, all cameras.mp4', 'Where the scanners are, as of Thursday.pdf'])
          await tray()
            .getByRole('button', { name: en('files.cancel', { name }) })
            .click();
        await ask(page(), 'presence.set', { account, kind: 'online', status: null });
        await soon(() =>
          page()
            .getByRole('region', { name: en('shell.notices') })
            .count(),
        ).toBe(0);
      },
    ));
});

describe('the gallery: from one computer to the other', () => {
  const film = 'Hall B from gate 4 to the dock, all cameras of Thursday morning.mp4';
  it('offered', () =>
    scene(
      'aa-direct-offered',
      async () => {
        await openPeer('Ingrid Solheim');
        await offer(film, Buffer.alloc(8_000_000, 7));
        await card(film).getByText(en('files.direct-offered')).waitFor();
      },
      stay,
    ));
  it('on its way', () =>
    scene(
      'ab-direct-running',
      async () => {
        await saveTo('film.mp4');
        await accept(film);
        await card(film).getByRole('progressbar').waitFor();
      },
      async () => {
        const stop = card(film).getByRole('button', { name: en('files.stop-saving', { name: film }) });
        if (await stop.isVisible()) await stop.click();
      },
    ));
  it('here, declined, or not as it was said', () =>
    scene(
      'ac-direct-ended',
      async () => {
        await saveTo('notes.txt');
        await offer('notes.txt', Buffer.from('Thursday'));
        await accept('notes.txt');
        await card('notes.txt').getByText(en('files.direct-here')).waitFor();
        await offer('unwanted.zip', Buffer.from('unwanted'));
        await card('unwanted.zip')
          .getByRole('button', { name: en('files.decline-named', { name: 'unwanted.zip' }) })
          .click();
        await card('unwanted.zip').getByText(en('files.direct-declined')).waitFor();
        await saveTo('short.zip');
        await offer('short.zip', Buffer.from('half of it'), 20);
        await accept('short.zip');
        await card('short.zip').getByText(en('files.direct-stopped')).waitFor();
        await saveTo('more.zip');
        await offer('more.zip', Buffer.from('more than was offered'), 4);
        await accept('more.zip');
        await card('more.zip').getByText(en('files.direct-too-many')).waitFor();
        expect(await tray().count()).toBe(0);
      },
      stay,
    ));
});
