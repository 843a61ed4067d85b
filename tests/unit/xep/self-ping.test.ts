import { expect, it } from 'vitest';
import { selfPing } from '../../../src-main/xmpp/xep/0410-self-ping';

it('an answer to a ping of our own address in a room says whether we are in it', () => {
  expect([null, 'service-unavailable', 'feature-not-implemented'].map(selfPing)).toEqual(['in', 'in', 'in']);
  const out = ['not-acceptable', 'item-not-found', 'bad-request', 'not-allowed', 'internal-server-error'];
  expect(out.map(selfPing)).toEqual(out.map(() => 'out'));
  const nobody = ['remote-server-not-found', 'remote-server-timeout', 'timeout', 'lost'];
  expect(nobody.map(selfPing)).toEqual(nobody.map(() => 'unknown'));
});
