import { describe, expect, it } from 'vitest';
import { halfActsOf } from '../../../src-renderer/features/contact/use-subscription';

const acts = (subscription: 'none' | 'to' | 'from' | 'both', more: { approved?: true; shared?: true } = {}) =>
  halfActsOf({ subscription, shared: false, ...more });

describe('what can be done about a subscription', () => {
  it('ends each half that there is and mends each that is not', () => {
    expect(acts('none')).toEqual(['ask-again', 'let-see']);
    expect(acts('to')).toEqual(['let-see', 'stop-seeing']);
    expect(acts('from')).toEqual(['ask-again', 'stop-showing']);
    expect(acts('both')).toEqual(['stop-seeing', 'stop-showing']);
  });

  it('takes a promise back; of a shared contact nothing is taken', () => {
    expect(acts('to', { approved: true })).toEqual(['stop-seeing', 'stop-showing']);
    expect(acts('both', { shared: true })).toEqual([]);
    expect(acts('from', { shared: true })).toEqual(['ask-again']);
  });
});
