import { describe, expect, it } from 'vitest';
import { ownChatOf } from '../../../src-renderer/stores/own-chat';

describe('the conversation of a window', () => {
  it('stands in its address, whatever signs are in the peer’s', () => {
    const peer = 'verona@rooms.example/Nurse & Peter #1 + 你好';
    const hash = `#${new URLSearchParams({ account: 'a1', peer, message: '7' }).toString()}`;
    expect(ownChatOf(hash)).toEqual({ account: 'a1', peer, message: 7 });
    expect(ownChatOf('#account=a1&peer=x%40y')).toEqual({ account: 'a1', peer: 'x@y', message: null });
  });

  it('is none in the main window', () => {
    for (const hash of ['', '#', '#peer=x', '#account=x']) expect(ownChatOf(hash)).toBeNull();
  });
});
