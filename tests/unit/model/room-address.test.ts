import { expect, it } from 'vitest';
import { addressProblem } from '../../../src-shared/model/address';
import { bareJid } from '../../../src-shared/model/jid';
import { localOf, typedRoom } from '../../../src-shared/model/room-address';

const service = 'rooms.example.org';

it('a name alone is a room of the service, under the address that a channel of that name is made with', () => {
  expect(typedRoom(' verona ', service)).toBe('verona@rooms.example.org');
  expect(typedRoom('Team Lunch', service)).toBe(`${localOf('Team Lunch')}@rooms.example.org`);
  expect(typedRoom('Team Lunch', service)).toBe('team-lunch@rooms.example.org');
  expect(typedRoom('Who & why?', service)).toBe('who-why?@rooms.example.org');
  for (const typed of ['Team Lunch', 'a/b', 'Ｔｅａｍ　Lunch'])
    expect(addressProblem(typedRoom(typed, service))).toBeNull();
});

it('what can be an address stands as it is, however long; a whole address and nothing too', () => {
  const long = 'x'.repeat(80);
  expect(typedRoom(long, service)).toBe(`${long}@rooms.example.org`);
  expect(typedRoom('hall@elsewhere.example', service)).toBe('hall@elsewhere.example');
  expect(typedRoom('', service)).toBe('');
  expect(typedRoom('verona', null)).toBe('verona');
});

it('written in full width it is the same room', () => {
  expect(bareJid(typedRoom('ＴＥＡＭ', service))).toBe('team@rooms.example.org');
  expect(bareJid(typedRoom('Ｔｅａｍ　Lunch', service))).toBe('team-lunch@rooms.example.org');
});
