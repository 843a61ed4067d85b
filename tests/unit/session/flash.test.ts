import { describe, expect, it } from 'vitest';
import { onDesktop, romeo } from './notices-desktop';

describe('the button in the task bar', () => {
  it('flashes until all is read, while the window is not in front and the setting is on', () => {
    const { write, state, flashes, notices } = onDesktop();
    write(romeo, 'one');
    notices.read(romeo);
    expect(flashes).toEqual([true, false]);
    state.front.focused = true;
    write(romeo, 'two');
    state.front.focused = false;
    state.settings = { ...state.settings, flashTaskbar: false };
    write(romeo, 'three');
    expect(flashes).toEqual([true, false]);
  });

  it('flashes for who asks to be a contact and for invitations too, until none of all that waits', () => {
    const { write, flashes, notices } = onDesktop();
    notices.contactRequest('nurse@x');
    notices.invitation('Verona', 'verona@rooms.x', null, false);
    write(romeo, 'one');
    expect(flashes).toEqual([true, true, true]);
    notices.read(romeo);
    notices.contactRequestGone('nurse@x');
    expect(flashes).toEqual([true, true, true]);
    notices.invitationGone('verona@rooms.x');
    expect(flashes.at(-1)).toBe(false);
  });
});
