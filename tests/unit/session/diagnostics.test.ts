import { expect, it } from 'vitest';
import { withoutAddresses, writeDiagnostics } from '../../../src-main/session/diagnostics';
import { defaultSettings } from '../../../src-shared/model/settings';
import { FakeClock } from '../../support/clock';
import { appState } from '../renderer/fake-main';

it('T25 what is copied names no person, no room and no server, whatever the log holds', async () => {
  const { accounts } = appState();
  const text = await writeDiagnostics(
    {
      system: { appVersion: '0.1.0', platform: 'linux' } as never,
      secrets: { state: () => 'ok' } as never,
      clock: new FakeClock(),
      diagnostics: {
        versions: () => ({ electron: '45.0.0' }),
        recentLog: () =>
          Promise.resolve([
            '{"event":"try","url":"wss://chat.example.org:7443/ws"}',
            'to juliet@example.org/desk, said',
          ]),
      },
    },
    { accounts, settings: defaultSettings, locale: 'en', tray: true },
  );
  expect(text).toContain('Flint 0.1.0 on linux');
  expect(text).toContain('electron 45.0.0');
  expect(text).toContain('connection: off');
  expect(text).toContain('to [address], said');
  expect(text).not.toMatch(/example\.org|juliet|wss:/);
});

it.each([
  ['room@muc.example.org/Romeo, no', '[address], no'],
  ['茱丽叶@例子.测试', '[address]'],
  ['a.b+c@x', '[address]'],
  ['nothing here', 'nothing here'],
])('%s is written as %s', (text, written) => {
  expect(withoutAddresses(text)).toBe(written);
});
