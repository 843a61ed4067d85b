import { describe, expect, it } from 'vitest';
import {
  changedGroups,
  commonName,
  fingerprintGroups,
} from '../../../src-renderer/features/sign-in/fingerprint';
import { connectionReport } from '../../../src-renderer/features/sign-in/report';
import { noConnection, type Connection } from '../../../src-shared/model/connection';

const head = {
  version: '0.1.0',
  platform: 'linux',
  language: 'zh-CN',
  server: 'northgate.example',
  endpoint: null,
};
const connection: Connection = {
  ...noConnection,
  phase: 'stopped',
  steps: noConnection.steps.map((step) =>
    step.id === 'discover'
      ? { ...step, state: 'done', ms: 38.4, detail: 'wss://chat.northgate.example:7443/ws/' }
      : step.id === 'bind'
        ? { ...step, state: 'done', ms: 4, detail: 'nora@northgate.example/Flint-3f9a' }
        : step,
  ),
  failure: { code: 'auth-failed', step: 'auth', params: { condition: 'invalid-mechanism' } },
};

describe('the report of a connection', () => {
  it('says where it stopped and how long each step took', () => {
    const report = connectionReport(head, connection);
    expect(report).toContain('Failure: auth-failed at auth, condition=invalid-mechanism');
    expect(report).toMatch(/^discover +done +38 ms +wss:\/\/chat\.northgate\.example:7443\/ws\/$/m);
    expect(report).toMatch(/^ready +todo$/m);
  });

  it('T25 leaves out whose account it is', () => {
    const report = connectionReport(head, connection);
    expect(report).not.toContain('nora');
    expect(report).toContain('…@northgate.example/Flint-3f9a');
  });
});

describe('a fingerprint', () => {
  it('T29 is grouped by four bytes, and shows which groups have changed', () => {
    expect(fingerprintGroups('01:02:03:04:05:06:07:08')).toEqual(['01:02:03:04', '05:06:07:08']);
    expect([...changedGroups('01:02:03:04:05:06:07:08', '01:02:03:04:05:06:07:09')]).toEqual([1]);
  });

  it('is of a name', () => {
    expect(commonName('O=Northgate, CN=northgate.example')).toBe('northgate.example');
    expect(commonName('C=NO\nO=Northgate\nCN=northgate.example')).toBe('northgate.example');
    expect(commonName('O=Northgate')).toBe('O=Northgate');
  });
});
