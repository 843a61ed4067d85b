import { expect, it } from 'vitest';
import { selfPing } from '../../../src-main/xmpp/xep/0410-self-ping';

const says = (condition: string, type = 'cancel') => selfPing({ condition, type });

it('an answer to a ping of our own address in a room says whether we are in it', () => {
  expect(selfPing(null)).toBe('in');
  expect(['service-unavailable', 'feature-not-implemented'].map((one) => says(one))).toEqual(['in', 'in']);
  const out = ['not-acceptable', 'item-not-found', 'bad-request', 'not-allowed', 'internal-server-error'];
  expect(out.map((one) => says(one))).toEqual(out.map(() => 'out'));
  const nobody = ['remote-server-not-found', 'remote-server-timeout', 'timeout', 'lost'];
  expect(nobody.map((one) => says(one))).toEqual(nobody.map(() => 'unknown'));
});

it('a service that is away for a moment does not say that we are in the room', () => {
  expect(says('service-unavailable', 'wait')).toBe('unknown');
});
