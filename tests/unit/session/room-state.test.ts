import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { step, type RoomInput, type RoomState } from '../../../src-main/session/rooms/room-state';

const out: RoomState = {
  status: { is: 'out', why: 'left', actor: null, reason: null, instead: null },
  tries: 0,
};
const error = (condition: string, type = 'auth') => ({ condition, type, text: null });
const removed = (...codes: number[]): RoomInput => ({
  is: 'removed',
  by: { codes: new Set(codes), actor: null, reason: null, destroyed: null },
});
const inputs: fc.Arbitrary<RoomInput> = fc.oneof(
  fc.boolean().map((byUser): RoomInput => ({ is: 'join', byUser })),
  fc.constant<RoomInput>({ is: 'entered' }),
  fc
    .constantFrom('conflict', 'timeout', 'forbidden', 'odd')
    .map((condition): RoomInput => ({ is: 'refused', error: error(condition) })),
  fc.constantFrom(301, 307, 332, 321, 110).map((code) => removed(code)),
  fc.constant<RoomInput>({ is: 'lost' }),
  fc.constant<RoomInput>({ is: 'left' }),
);

describe('what a room is to us', () => {
  it('a room that looks joined is joined: by its own word, and nothing has ended that since', () => {
    fc.assert(
      fc.property(fc.array(inputs, { maxLength: 60 }), (all) => {
        let state = out;
        let inside = false;
        let asked = false;
        for (const input of all) {
          if (input.is === 'join') [asked, inside] = [true, false];
          else if (input.is === 'entered') inside = asked || inside;
          else [asked, inside] = input.is === 'refused' ? [asked && inside, inside] : [false, false];
          [state] = step(state, input);
          if (state.status.is === 'joined') expect(inside).toBe(true);
        }
      }),
    );
  });

  it('never silently out: what ends it goes back by itself, or has words', () => {
    const joined: RoomState = { status: { is: 'joined' }, tries: 0 };
    expect(step(joined, { is: 'lost' })).toMatchObject([{ status: { is: 'waiting' } }, 'rest']);
    expect(step(joined, removed(332))).toMatchObject([{ status: { is: 'waiting' } }, 'rest']);
    expect(step(joined, removed(307, 333))).toMatchObject([{ status: { is: 'waiting' } }, 'rest']);
    expect(step(joined, removed(307))).toMatchObject([{ status: { is: 'out', why: 'kicked' } }, 'none']);
    expect(step(joined, removed(301))).toMatchObject([{ status: { is: 'out', why: 'banned' } }, 'none']);
  });

  it('a room for members says whether it can be asked', () => {
    const joining: RoomState = { status: { is: 'joining' }, tries: 0 };
    const refused = { is: 'refused', error: error('registration-required') } as const;
    const { status: asked } = step(joining, { ...refused, registers: true })[0];
    expect(asked).toMatchObject({ why: 'registration' });
    expect(step(joining, refused)[0].status).toMatchObject({ why: 'members-only' });
    const banned = step(joining, { ...refused, error: error('forbidden'), registers: true })[0].status;
    expect(banned).toEqual({ is: 'refused', why: 'banned', condition: 'forbidden', text: null });
  });

  it('a nick of our own that still hangs there is waited for, somebody else’s is not', () => {
    const joining = (tries: number): RoomState => ({ status: { is: 'joining' }, tries });
    const conflict: RoomInput = { is: 'refused', error: error('conflict', 'cancel') };
    expect(step(joining(0), conflict)[0].status).toMatchObject({ is: 'refused', why: 'nick-taken' });
    expect(step(joining(1), conflict)[0].status).toEqual({ is: 'waiting' });
  });
});
