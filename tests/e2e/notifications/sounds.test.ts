import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/support/paths';
import { defaultSettings } from '../../../src-shared/model/settings';
import { soundEvents } from '../../../src-shared/model/sounds';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import { connectServer, type SharedServer, type TestAccount } from '../../servers/shared';
import { lookAt, WIDE } from '../look';
import {
  ask,
  befriend,
  composer,
  en,
  openChat,
  openStage,
  settings,
  settled,
  signIn,
  soon,
  type Stage,
} from '../support';

interface Played {
  readonly url: string;
  readonly volume: number;
  /** The element has played to its end. */
  ended: boolean;
}

describe('sounds', () => {
  let server: SharedServer;
  let stage: Stage;
  let juliet: TestAccount;
  let romeo: Peer;
  let nurse: Peer;
  let signedIn: number;

  beforeAll(async () => {
    server = connectServer('prosody');
    juliet = await server.newAccount('juliet');
    const peer = async (name: string): Promise<Peer> => connectPeer(server, await server.newAccount(name));
    [stage, romeo, nurse] = await Promise.all([openStage(), peer('romeo'), peer('nurse')]);
    await signIn(stage.page, juliet, server.wsUrl);
    signedIn = Date.now();
    await befriend(stage.page, romeo);
    await befriend(stage.page, nurse, 'Nurse');
    // What the window really plays, written down as it plays it.
    await stage.page.evaluate(() => {
      const notes: Played[] = [];
      Object.assign(window, { played: notes });
      const { play } = HTMLMediaElement.prototype;
      HTMLMediaElement.prototype.play = function played(this: HTMLMediaElement) {
        const note = { url: this.src, volume: this.volume, ended: false };
        notes.push(note);
        this.addEventListener('ended', () => (note.ended = true));
        return play.call(this);
      };
    });
  });
  afterAll(async () => {
    await Promise.allSettled([romeo.disconnect(), nurse.disconnect()]);
    await stage.stop();
  });
  beforeEach(async () => {
    const { sounds, soundRules, soundVolume } = defaultSettings;
    await settings(stage.page, { sounds, soundRules, soundVolume });
    await stage.page.evaluate(() => {
      (window as unknown as { played: Played[] }).played.length = 0;
    });
  });

  const played = (): Promise<readonly Played[]> =>
    stage.page.evaluate(() => (window as unknown as { played: Played[] }).played);
  const names = async (): Promise<readonly string[]> =>
    (await played()).map(({ url }) => /([a-z]+)-[^/]*\.wav$/.exec(url)?.[1] ?? url);
  const all = (on: boolean) =>
    settings(stage.page, {
      soundRules: Object.fromEntries(
        soundEvents.map((event) => [event, { on, own: null }]),
      ) as typeof defaultSettings.soundRules,
    });
  const button = (key: 'play' | 'choose' | 'reset', event: (typeof soundEvents)[number]) =>
    stage.page.getByRole('button', {
      name: en(`settings.sound-${key}`, { sound: en(`settings.sound-${event}`) }),
    });

  it('the page: each can be heard there, and is one of the app’s own files', async () => {
    await stage.page.keyboard.press('Control+,');
    await stage.page.getByRole('button', { name: en('settings.sounds'), exact: true }).click();
    const view = lookAt(stage);
    await view.resize(WIDE);
    await view.lookAround('settings-sounds');
    await view.narrowly(() => view.look('settings-sounds-narrow'));
    for (const event of soundEvents) await button('play', event).click();
    await soon(names).toEqual(soundEvents);
    await soon(async () => (await played()).every(({ ended }) => ended)).toBe(true);
    expect(
      (await played()).every(({ url, volume }) => url.startsWith('app://flint/') && volume === 0.4),
    ).toBe(true);
  });

  it('a file of one’s own is copied and played; one that is no sound is refused', async () => {
    const source = join(stage.desktop.dir, 'my ding.wav');
    writeFileSync(source, readFileSync(join(root, 'assets', 'sounds', 'sent.wav')));
    const pick = (path: string): Promise<void> =>
      stage.flint.app.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
      }, path);
    await pick(source);
    await button('choose', 'elsewhere').click();
    await stage.page.getByText('my ding.wav').waitFor();
    const [copy] = readdirSync(join(stage.flint.userData, 'sounds'));
    await button('play', 'elsewhere').click();
    await soon(async () => (await played()).map(({ url, ended }) => [url, ended])).toEqual([
      [`app://flint/own-sounds/${copy ?? ''}`, true],
    ]);
    await lookAt(stage).look('settings-sounds-own');
    await pick(join(root, 'package.json'));
    await button('choose', 'elsewhere').click();
    await stage.page.getByText(en('error.bad-sound')).waitFor();
    await button('reset', 'elsewhere').click();
    await soon(() => readdirSync(join(stage.flint.userData, 'sounds'))).toEqual([]);
    await stage.page.keyboard.press('Escape');
  });

  it('a message in the open chat, one elsewhere, one sent', async () => {
    await all(true);
    await openChat(stage.page);
    await romeo.sendMessage(juliet.jid, 'It is the east');
    await soon(names).toEqual(['message']);
    await nurse.sendMessage(juliet.jid, 'Madam!');
    await soon(names).toEqual(['message', 'elsewhere']);
    await composer(stage.page).fill('Ay me');
    await stage.page.keyboard.press('Enter');
    await soon(names).toEqual(['message', 'elsewhere', 'sent']);
  });

  it('who goes and comes; nothing in do not disturb and in quiet hours', async () => {
    await all(true);
    await nurse.goUnavailable();
    await soon(names).toEqual(['offline']);
    await settled(signedIn);
    await nurse.setPresence({});
    await soon(names).toEqual(['offline', 'online']);
    const account = (await ask(stage.page, 'app.state', {})).value.accounts[0]?.account.id;
    if (account === undefined) throw new Error('nobody is signed in');
    const unreadOfNurse = async (): Promise<number | undefined> =>
      (await ask(stage.page, 'chats.list', { account })).value.find(({ peer }) => peer === nurse.bareJid)
        ?.unread;
    const before = (await unreadOfNurse()) ?? 0;
    await ask(stage.page, 'presence.set', { account, kind: 'dnd' });
    await nurse.sendMessage(juliet.jid, 'Anon!');
    await soon(unreadOfNurse).toBe(before + 1);
    await ask(stage.page, 'presence.set', { account, kind: 'online' });
    await settings(stage.page, { quietHours: { on: true, from: 0, to: 0, days: [0, 1, 2, 3, 4, 5, 6] } });
    await nurse.sendMessage(juliet.jid, 'Anon, anon!');
    await soon(unreadOfNurse).toBe(before + 2);
    await settings(stage.page, { quietHours: defaultSettings.quietHours });
    expect(await names()).toEqual(['offline', 'online']);
    // The same sound rests for a second, and the test before made it last: on a quick machine just now.
    await delay(1_000);
    // One that is heard again comes after all that were not.
    await nurse.sendMessage(juliet.jid, 'I come');
    await soon(names).toEqual(['offline', 'online', 'elsewhere']);
  });
});
