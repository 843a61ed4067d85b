import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useBrowse } from '../../../src-renderer/features/room/use-browse';
import { useApp } from '../../../src-renderer/stores/app';
import { closeStream } from '../../../src-renderer/stores/stream';
import { appState, fakeMain } from './fake-main';

const service = 'conference.example.org';
const rooms = [
  { jid: `cp@${service}`, name: '产品讨论' },
  { jid: `hall@${service}`, name: 'Łódź hall' },
];

describe('the rooms of a service', () => {
  beforeEach(() => setActivePinia(createPinia()));
  afterEach(closeStream);

  it('are found without marks, by what they say of themselves, and Chinese ones by their pinyin initials', async () => {
    const main = fakeMain();
    main.snapshot('app.state', 1, appState());
    main.answer('rooms.list', () => ({ ok: true, value: { rooms, more: false } }));
    main.answer('room.about', () => ({ ok: true, value: { name: null, description: '每周一次 weekly' } }));
    await useApp().start();
    const browse = useBrowse();
    await browse.list(service);
    const found = (query: string): readonly string[] => {
      browse.query.value = query;
      return browse.rows.value.map(({ shown }) => shown);
    };
    expect(found('cptl')).toEqual(['产品讨论']);
    expect(found('lodz')).toEqual(['Łódź hall']);
    expect(found('weekly')).toEqual([]);
    browse.want(rooms[1]!.jid);
    await Promise.resolve();
    await Promise.resolve();
    expect(found('weekly')).toEqual(['Łódź hall']);
    // The initials of a description: letters that stand for no name.
    expect(found('mzyc')).toEqual([]);
  });
});
