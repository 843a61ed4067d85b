import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RATE } from '../../../scripts/sounds/synth';
import { soundFiles } from '../../../scripts/sounds/drawings';
import { root } from '../../../scripts/support/paths';
import { resolveOwnSound } from '../../../src-main/desktop/app-files';
import type { SoundFiles } from '../../../src-main/ports';
import { createHub } from '../../../src-main/session/hub';
import { soundType } from '../../../src-main/session/sound-type';
import { createSounds } from '../../../src-main/session/sounds';
import { defaultSettings, type Settings } from '../../../src-shared/model/settings';
import { MAX_SOUND_BYTES, OWN_SOUND, soundEvents, type SoundEvent } from '../../../src-shared/model/sounds';
import { FakeClock } from '../../support/clock';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('the app’s own sounds', () => {
  it.each([...soundFiles()])('%s is short, quiet, and what the script draws', (name, drawn) => {
    const kept = readFileSync(join(root, 'assets', 'sounds', name));
    expect(kept.subarray(0, 44)).toEqual(drawn.subarray(0, 44));
    const samples = (file: Buffer): Int16Array =>
      new Int16Array(file.buffer.slice(file.byteOffset + 44, file.byteOffset + file.length));
    const [now, then] = [samples(drawn), samples(kept)];
    expect(then.length / RATE).toBeLessThan(0.4);
    expect(kept.length).toBeLessThan(20_000);
    const loudest = then.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest / 32_768).toBeLessThanOrEqual(0.41);
    expect(loudest).toBeGreaterThan(3_000);
    expect(Math.abs(then[0] ?? 9) + Math.abs(then.at(-1) ?? 9)).toBe(0);
    // Sines may differ by a hair from one machine to the next.
    expect(then.every((sample, index) => Math.abs(sample - (now[index] ?? 0)) <= 1)).toBe(true);
  });
});

describe('a sound file', () => {
  it.each([
    ['RIFF\0\0\0\0WAVEfmt ', 'wav'],
    ['OggS\0', 'ogg'],
    ['fLaC', 'flac'],
    ['ID3\x04', 'mp3'],
    ['\xff\xfb\x90\x00', 'mp3'],
    ['\xff\xd8\xff\xe0', null],
    ['\xff\xf9\x50', null],
    ['RIFF\0\0\0\0AVI LIST', null],
    ['<html>', null],
    ['', null],
  ] as const)('%j is %s', (head, type) => {
    expect(soundType(bytes(head))).toBe(type);
  });

  it('is served by a name that main gave, and from one folder alone', () => {
    const name = `sent-${'0'.repeat(32)}.wav`;
    const path = (url: string, host = 'flint'): string | undefined =>
      resolveOwnSound('/data/sounds', host, url)?.path;
    expect(path(`app://flint/own-sounds/${name}`)).toBe(`/data/sounds/${name}`);
    for (const url of [
      `app://other/own-sounds/${name}`,
      `app://flint/own-sounds/../${name}`,
      `app://flint/own-sounds/x/${name}`,
      'app://flint/own-sounds/..%2fsettings.json',
      'app://flint/own-sounds/settings.json',
      `app://flint/own-sounds/${name}.html`,
      `app://flint/${name}`,
    ])
      expect(path(url)).toBeUndefined();
  });
});

describe('sounds', () => {
  const start = (chosen: Awaited<ReturnType<SoundFiles['choose']>> | Error = null) => {
    const clock = new FakeClock();
    const hub = createHub();
    const heard: SoundEvent[] = [];
    hub.listen(({ event }) => {
      if (event.type === 'sound') heard.push(event.sound);
    });
    const kept = new Map<string, Uint8Array>();
    const state = { settings: defaultSettings, audible: true, window: true, id: 0 };
    const all = (on: boolean): void => {
      const rules = Object.fromEntries(soundEvents.map((event) => [event, { on, own: null }]));
      state.settings = { ...state.settings, soundRules: rules as Settings['soundRules'] };
    };
    const sounds = createSounds(
      {
        get: () => state.settings,
        set: (patch) => Promise.resolve((state.settings = { ...state.settings, ...patch })),
      },
      { audible: () => state.audible },
      hub,
      {
        clock,
        random: { id: () => String((state.id += 1)).padStart(32, '0') } as never,
        sounds: {
          choose: () => (chosen instanceof Error ? Promise.reject(chosen) : Promise.resolve(chosen)),
          keep: (file, content) => Promise.resolve(void kept.set(file, content)),
          remove: (file) => Promise.resolve(void kept.delete(file)),
        },
      },
      () => state.window,
    );
    return { sounds, clock, heard, kept, state, all };
  };

  it('as they come, only what one would miss; all of them, each, or none', () => {
    const { sounds, heard, state, all } = start();
    for (const event of soundEvents) sounds.play(event);
    expect(heard.splice(0)).toEqual(['elsewhere', 'error', 'buzz']);
    all(true);
    for (const event of soundEvents) sounds.play(event);
    expect(heard.splice(0)).toEqual(['message', 'sent', 'online', 'offline']);
    state.settings = { ...state.settings, sounds: false };
    sounds.play('sent');
    expect(heard).toEqual([]);
  });

  it('ten at once are one, and none while nothing is to be heard', async () => {
    const { sounds, heard, state, clock } = start();
    for (let index = 0; index < 10; index++) sounds.play('elsewhere');
    await clock.advance(1_000);
    sounds.play('elsewhere');
    expect(heard).toHaveLength(2);
    await clock.advance(1_000);
    state.audible = false;
    sounds.play('elsewhere');
    expect(heard).toHaveLength(2);
  });

  it('without a window the desktop makes the sound of its notification', () => {
    const { sounds, state } = start();
    expect(sounds.leavesToDesktop('elsewhere')).toBe(false);
    state.window = false;
    expect([sounds.leavesToDesktop('elsewhere'), sounds.leavesToDesktop('sent')]).toEqual([true, false]);
    state.audible = false;
    expect(sounds.leavesToDesktop('elsewhere')).toBe(false);
  });

  it('a file of one’s own is copied, turns the event on, and takes the place of the one before', async () => {
    const { sounds, kept, state } = start({ name: 'ding.wav', bytes: bytes('RIFF\0\0\0\0WAVE') });
    await sounds.choose('sent');
    const { own, on } = state.settings.soundRules.sent;
    expect([own?.name, on, [...kept.keys()]]).toEqual(['ding.wav', true, [own?.file]]);
    expect(own?.file).toMatch(OWN_SOUND);
    await sounds.choose('sent');
    expect([...kept.keys()]).toEqual([state.settings.soundRules.sent.own?.file]);
    await sounds.reset('sent');
    expect([state.settings.soundRules.sent.own, kept.size]).toEqual([null, 0]);
  });

  it.each([
    ['nothing chosen', null, { ok: true, value: null }],
    ['too large', { name: 'x', bytes: null }, { ok: false, error: { code: 'sound-too-large' } }],
    ['no sound', { name: 'x', bytes: bytes('<svg') }, { ok: false, error: { code: 'bad-sound' } }],
    ['unreadable', new Error('EACCES'), { ok: false, error: { code: 'bad-sound' } }],
  ] as const)('%s: nothing is kept', async (_, chosen, outcome) => {
    const { sounds, kept, state } = start(chosen);
    expect(await sounds.choose('error')).toEqual(outcome);
    expect([kept.size, state.settings]).toEqual([0, defaultSettings]);
    expect(MAX_SOUND_BYTES).toBe(2 ** 20);
  });
});
