import { describe, expect, it } from 'vitest';
import { checkSlot, isPlainAllowed, safeFileUrl } from '../../../src-main/xmpp/guards/upload-slot';

const slot = (put: string, get = put, headers: { name: string; value: string }[] = []) => ({
  put,
  get,
  headers,
});

describe('a slot of a server', () => {
  it('T18 is https alone, and http only on this computer where the session itself goes there over ws://', () => {
    const good = 'https://upload.example.org/1/a.png';
    expect(checkSlot(slot(good), false)).toEqual({ put: good, get: good, headers: {} });
    for (const bad of [
      'http://upload.example.org/1/a.png',
      'ftp://upload.example.org/a',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'https://user:word@upload.example.org/a',
      'not an address',
      `https://upload.example.org/${'x'.repeat(9_000)}`,
    ]) {
      expect(checkSlot(slot(bad), true), bad).toBeNull();
      expect(checkSlot(slot(good, bad), true), bad).toBeNull();
    }
    const local = 'http://localhost:5280/file_share/1/a.png';
    expect(checkSlot(slot(local), true)?.put).toBe(local);
    expect(checkSlot(slot(local), false)).toBeNull();
    expect(isPlainAllowed('ws://localhost:5280/xmpp-websocket')).toBe(true);
    expect(isPlainAllowed('ws://127.0.0.1:5280/xmpp-websocket')).toBe(true);
    for (const other of ['wss://localhost:5281/xmpp-websocket', 'ws://example.org/ws', 'nonsense', null])
      expect(isPlainAllowed(other), String(other)).toBe(false);
    expect(safeFileUrl('http://localhost.example.org/a', true)).toBeNull();
  });

  it('T18 of its headers only three are taken, in one line each', () => {
    const url = 'https://upload.example.org/1';
    const headers = [
      { name: 'Authorization', value: 'Basic abc\r\nX-Evil: 1' },
      { name: 'COOKIE', value: 'a=b' },
      { name: 'Expires', value: 'never' },
      { name: 'Host', value: 'evil.test' },
      { name: 'Content-Length', value: '1' },
      { name: 'X-Forwarded-For', value: '127.0.0.1' },
      { name: 'Cookie\r\nX-Evil', value: '1' },
    ];
    expect(checkSlot(slot(url, url, headers), false)?.headers).toEqual({
      authorization: 'Basic abcX-Evil: 1',
      cookie: 'a=b',
      expires: 'never',
    });
    const control = [{ name: 'Cookie', value: 'a\u0000b' }];
    expect(checkSlot(slot(url, url, control), false)?.headers).toEqual({});
  });
});
