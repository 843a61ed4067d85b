import { describe, expect, it } from 'vitest';
import { autostartEntry } from '../../../src-main/desktop/autostart-entry';

const exec = (command: readonly string[]): string | undefined =>
  autostartEntry(command)
    .split('\n')
    .find((line) => line.startsWith('Exec='));

describe('the autostart file of Linux desktops', () => {
  it('starts the program hidden', () => {
    expect(autostartEntry(['/usr/bin/flint', '--hidden'])).toContain('Exec="/usr/bin/flint" "--hidden"\n');
  });
  it('quotes what the key Exec gives a meaning to', () => {
    expect(exec(['/opt/My Apps/fl"int', '--hidden'])).toBe('Exec="/opt/My Apps/fl\\\\"int" "--hidden"');
    expect(exec(['/opt/$HOME/`x`/100%'])).toBe('Exec="/opt/\\\\$HOME/\\\\`x\\\\`/100%%"');
    expect(exec(['/opt/a\\b'])).toBe('Exec="/opt/a\\\\\\\\b"');
  });
});
