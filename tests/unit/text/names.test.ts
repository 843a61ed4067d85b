import { describe, expect, it } from 'vitest';
import { plainName } from '../../../src-renderer/text/names';

describe('names', () => {
  it('T16 lose the controls that turn what follows', () => {
    expect(plainName('\u202Egpj.exe')).toBe('gpj.exe');
    expect(plainName('Maya\u2066\u2069 Okafor')).toBe('Maya Okafor');
  });

  it('are one line', () => {
    expect(plainName(' Maya\r\nOkafor\u0000 ')).toBe('Maya Okafor');
  });

  it('fall back when nothing can be seen', () => {
    expect(plainName('\u200B\u202E\u2060', 'nora@northgate.example')).toBe('nora@northgate.example');
  });

  it('keep every script, and marks and joiners that words need', () => {
    for (const name of ['王子轩', 'فاطمة الزهراء', 'می\u200Cخواهم', '👩‍💻 Ada', 'Piotr Wiśniewski'])
      expect(plainName(name)).toBe(name);
  });
});
