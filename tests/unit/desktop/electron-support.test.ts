import { describe, expect, it } from 'vitest';
import { declaredElectron, readSupport, staleElectron } from '../../../scripts/package/electron-support';

const support = {
  checked: '2026-11-25',
  source: 'https://example.org',
  rule: '',
  end: { '45': '2027-04-06' },
};

describe('a release needs an Electron that still gets security fixes', () => {
  it('T24 is made until the last day of the declared major version', () => {
    expect(staleElectron('45.4.1', '2026-11-25', support)).toBeNull();
    expect(staleElectron('45.4.1', '2027-04-06', support)).toBeNull();
  });
  it('T24 is refused after that day, in words', () => {
    expect(staleElectron('45.4.1', '2027-04-07', support)).toContain('no security fixes since 2027-04-06');
  });
  it('T24 is refused while nobody has looked the date up', () => {
    expect(staleElectron('46.0.0', '2027-01-01', support)).toContain('no date for Electron 46');
  });
  it('T24 T32 (16) the dated file knows the declared version', () => {
    const { end, checked } = readSupport();
    expect(end[declaredElectron().split('.', 1)[0] ?? '']).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(checked).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});
