import { expect, it } from 'vitest';
import { wordsBeside } from '../../../src-renderer/features/person/words-beside';

it('what somebody wrote stands beside the presence, but not "On the phone" twice', () => {
  expect(wordsBeside({ kind: 'away', status: 'Back at three' })).toBe('Back at three');
  expect(wordsBeside({ kind: 'online', status: null })).toBe('');
  expect(wordsBeside({ kind: 'phone', status: 'On the phone' })).toBe('');
});
