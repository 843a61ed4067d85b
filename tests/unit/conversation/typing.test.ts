import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createTypingTeller,
  pauseAfter,
  type Told,
} from '../../../src-renderer/features/conversation/typing';

describe('what the other side is told while one writes (XEP-0085)', () => {
  let told: Told[] = [];
  const teller = () => createTypingTeller((state) => told.push(state));
  beforeEach(() => {
    told = [];
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is told once, however many keys are pressed, and again after a pause', () => {
    const typing = teller();
    typing.typed(false);
    typing.typed(false);
    vi.advanceTimersByTime(pauseAfter - 1);
    typing.typed(false);
    vi.advanceTimersByTime(pauseAfter - 1);
    expect(told).toEqual(['composing']);
    vi.advanceTimersByTime(1);
    typing.typed(false);
    expect(told).toEqual(['composing', 'paused', 'composing']);
  });

  it('ends when the text is taken back', () => {
    const typing = teller();
    typing.typed(false);
    typing.typed(true);
    vi.advanceTimersByTime(10 * pauseAfter);
    expect(told).toEqual(['composing', 'active']);
  });

  it('says nothing more once the message, which says it itself, is sent', () => {
    const typing = teller();
    typing.typed(false);
    typing.sent();
    typing.typed(true);
    vi.advanceTimersByTime(10 * pauseAfter);
    expect(told).toEqual(['composing']);
  });

  it('pauses when the chat is left with a draft, and is quiet when nothing was typed', () => {
    const typing = teller();
    typing.leave(true);
    expect(told).toEqual([]);
    typing.typed(false);
    typing.leave(false);
    vi.advanceTimersByTime(10 * pauseAfter);
    expect(told).toEqual(['composing', 'paused']);
  });
});
