import { describe, expect, it } from 'vitest';
import { addressWarning } from '../../../src-renderer/features/contact/address-warning';

const own = 'nora@northgate.example';
const known = ['maya@northgate.example', '李伟@northgate.example'];

describe('an address that somebody new comes with', () => {
  it('T16 is told to look like the one of somebody who is known, whatever alphabet it takes for that', () => {
    // Cyrillic а; digits; two letters for one.
    for (const jid of [
      'm\u0430ya@northgate.example',
      'maya@n0rthgate.example',
      'maya@northgate.ex\u0430mple',
    ])
      expect(addressWarning(jid, own, known)).toEqual({ is: 'like', jid: 'maya@northgate.example' });
    expect(addressWarning('maya@rnail.example', own, ['maya@mail.example'])).toEqual({
      is: 'like',
      jid: 'maya@mail.example',
    });
  });

  it('T16 is told to look like the own one first', () => {
    expect(addressWarning('n0ra@northgate.example', own, [...known, 'nora@n0rthgate.example'])).toEqual({
      is: 'like-own',
      jid: own,
    });
  });

  it('T16 is told to mix alphabets, where nobody is known by such a name', () => {
    expect(addressWarning('p\u0430ypal@example.org', own, known)).toEqual({ is: 'mixed' });
    expect(addressWarning('\u0430\u0440\u0440\u04cf\u0435@example.org', own, known)).toEqual({ is: 'mixed' });
  });

  it('is left in peace otherwise: other people, other languages, and the known one itself', () => {
    for (const jid of ['maja@northgate.example', 'мария@пример.рф', '王芳@northgate.example', ...known])
      expect(addressWarning(jid, own, known)).toBeNull();
  });
});
