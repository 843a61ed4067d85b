import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { useAuthors } from '../../../src-renderer/features/conversation/use-authors';
import { useApp } from '../../../src-renderer/stores/app';
import { appState, fakeMain, message } from '../renderer/fake-main';

describe('who wrote a message, where others read that too', () => {
  beforeEach(async () => {
    setActivePinia(createPinia());
    fakeMain().snapshot('app.state', 1, appState());
    await useApp().start();
  });

  it('in a room goes by the nicks, ours too', () => {
    const { namedIn } = useAuthors(
      () => 'verona@rooms.example.org',
      () => 'Verona',
    );
    expect(namedIn(message(1, 10, { nick: 'Romeo' }))).toBe('Romeo');
    expect(namedIn(message(2, 20, { nick: 'Capulet', direction: 'out' }))).toBe('Capulet');
  });

  it('with one person goes by the name of the contact, and our own address', () => {
    const { namedIn } = useAuthors(
      () => 'romeo@example.org',
      () => 'Romeo',
    );
    expect(namedIn(message(1, 10))).toBe('Romeo');
    expect(namedIn(message(2, 20, { direction: 'out' }))).toBe('juliet');
  });
});
