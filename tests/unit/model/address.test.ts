import { describe, expect, it } from 'vitest';
import { addressProblem, serverOf, serverUrlProblem, typedServers } from '../../../src-shared/model/address';

describe('an address in the field', () => {
  it.each([
    'nora@northgate.example',
    ' nora@northgate.example ',
    'nora.lindqvist+work@localhost',
    '李雯@例え.jp',
    'фея@пример.example',
    'nora@192.0.2.17',
    'nora@[2001:db8::7]',
    'nora@northgate.example.',
    `${'n'.repeat(1023)}@a`,
  ])('takes %s', (address) => {
    expect(addressProblem(address)).toBeNull();
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['nora', 'no-at'],
    ['northgate.example', 'no-at'],
    ['@northgate.example', 'no-name'],
    ['nora@', 'no-server'],
    ['no ra@northgate.example', 'name-character'],
    ['no"ra@northgate.example', 'name-character'],
    ["o'hara@northgate.example", 'name-character'],
    ['no\u202Era@northgate.example', 'name-character'],
    ['nora@north gate', 'server-character'],
    ['nora@northgate..example', 'server-character'],
    ['nora@-north.example', 'server-character'],
    ['nora@a@b', 'server-character'],
    ['nora@north:5222', 'server-character'],
    ['nora@[::zz]', 'server-character'],
    ['nora@northgate.example/desk', 'resource'],
    [`${'n'.repeat(1024)}@a`, 'too-long'],
    [`${'李'.repeat(342)}@a`, 'too-long'],
    [`nora@${'n'.repeat(64)}.example`, 'too-long'],
  ])('refuses %s: %s', (address, problem) => {
    expect(addressProblem(address)).toBe(problem);
  });

  it('knows its server', () => {
    expect(serverOf(' nora@northgate.example/x')).toBe('northgate.example');
    expect(serverOf('nora')).toBeNull();
    expect(serverOf('nora@')).toBeNull();
  });
});

describe('a server address in the field', () => {
  it.each([
    '',
    'ws://chat.example:7070/ws/',
    'wss://chat.example:7443/ws',
    'WSS://[2001:db8::7]:5443/ws',
    ' wss://a.example/ws,wss://b.example/ws  ws://c.example/ws ',
    'chat.example',
    'chat.example:7443',
    '[2001:db8::7]:7443',
  ])('takes "%s"', (address) => {
    expect(serverUrlProblem(address)).toBeNull();
  });

  it('holds several, in their order', () => {
    expect(typedServers(' wss://a.example/ws,wss://b.example/ws\n')).toEqual([
      'wss://a.example/ws',
      'wss://b.example/ws',
    ]);
    expect(typedServers(null)).toEqual([]);
  });

  it.each([
    ['chat.example/ws', 'scheme'],
    ['chat.example:70000', 'scheme'],
    ['chat_example:7443', 'scheme'],
    ['nora@chat.example', 'scheme'],
    ['https://chat.example/ws', 'scheme'],
    ['xmpp:chat.example', 'scheme'],
    ['wss://', 'not-a-url'],
    ['wss://chat.example:99999/', 'not-a-url'],
    ['wss://chat example/', 'scheme'],
    ['wss://a.example/ws, wss://b.example/ws#x', 'fragment'],
    ['wss://nora:secret@chat.example/', 'user-in-url'],
    ['wss://chat.example/ws#x', 'fragment'],
  ])('refuses %s: %s', (address, problem) => {
    expect(serverUrlProblem(address)).toBe(problem);
  });
});
