import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { step, type RoomInput, type RoomState } from '../../../src-main/session/rooms/room-state';

const out: RoomState = {
  status: { is: 'out', why: 'left', actor: null, reason: null, instead: null },
  ...{ tries: 0, byUser: false },
};
const inIt = (is: 'joined' | 'joining', tries = 0, byUser = false): RoomState => ({
  status: { is },
  ...{ tries, byUser },
});
const error = (condition: string, type = 'auth') => ({ condition, type, text: null });
const removed = (...codes: number[]): RoomInput => ({
  is: 'removed',
  by: { codes: new Set(codes), actor: null, reason: null, destroyed: null },
});
const inputs: fc.Arbitrary<RoomInput> = fc.oneof(
  fc.boolean().map((byUser): RoomInput => ({ is: 'join', byUser })),
  fc.constant<RoomInput>({ is: 'entered' }),
  fc
    .constantFrom('conflict', 'timeout', 'forbidden', 'remote-server-not-found', 'resource-constraint', 'odd')
    .map((condition): RoomInput => ({ is: 'refused', error: error(condition) })),
  fc.constantFrom(301, 307, 332, 321, 110).map((code) => removed(code)),
  ...(['lost', 'paused', 'resumed'] as const).map((is) => fc.constant<RoomInput>({ is })),
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
          const goesOn = input.is === 'resumed' && !['out', 'refused'].includes(state.status.is);
          if (input.is === 'join' || goesOn) [asked, inside] = [true, false];
          else if (input.is === 'entered') inside = asked || inside;
          else [asked, inside] = input.is === 'refused' ? [asked && inside, inside] : [false, false];
          [state] = step(state, input);
          if (state.status.is === 'joined') expect(inside).toBe(true);
        }
      }),
    );
  });

  it('never silently out: what ends it goes back by itself, or has words', () => {
    const joined = inIt('joined');
    expect(step(joined, { is: 'lost' })).toMatchObject([{ status: { is: 'waiting' } }, 'rest']);
    expect(step(joined, removed(332))).toMatchObject([{ status: { is: 'waiting' } }, 'rest']);
    expect(step(joined, removed(307, 333))).toMatchObject([{ status: { is: 'waiting' } }, 'rest']);
    expect(step(joined, removed(307))).toMatchObject([{ status: { is: 'out', why: 'kicked' } }, 'none']);
    expect(step(joined, removed(301))).toMatchObject([{ status: { is: 'out', why: 'banned' } }, 'none']);
  });

  it('a room for members says whether it can be asked', () => {
    const joining = inIt('joining');
    const refused = { is: 'refused', error: error('registration-required') } as const;
    const { status: asked } = step(joining, { ...refused, registers: true })[0];
    expect(asked).toMatchObject({ why: 'registration' });
    expect(step(joining, refused)[0].status).toMatchObject({ why: 'members-only' });
    const banned = step(joining, { ...refused, error: error('forbidden'), registers: true })[0].status;
    expect(banned).toEqual({ is: 'refused', why: 'banned', condition: 'forbidden', text: null });
  });

  it('a nick of our own that still hangs there is waited for, somebody else’s that the user asks for is not', () => {
    const conflict: RoomInput = { is: 'refused', error: error('conflict', 'cancel') };
    expect(step(inIt('joining', 0, true), conflict)[0].status).toMatchObject({ why: 'nick-taken' });
    expect(step(inIt('joining'), conflict)[0].status).toEqual({ is: 'waiting' });
    expect(step(inIt('joining', 8), conflict)[0].status).toMatchObject({ why: 'nick-taken' });
  });

  it('a service that is away for a moment is waited for, one that the user asks for and is not there is said', () => {
    const nobody: RoomInput = { is: 'refused', error: error('remote-server-not-found', 'cancel') };
    for (const tries of [0, 100])
      expect(step(inIt('joining', tries), nobody)).toMatchObject([{ status: { is: 'waiting' } }, 'rest']);
    expect(step(inIt('joining', 0, true), nobody)[0].status).toMatchObject({ why: 'no-service' });
  });

  it('a full room is said to whoever asks for it, and waited for on the way back, whatever the server calls it', () => {
    const ejabberd: RoomInput = { is: 'refused', error: error('resource-constraint', 'wait') };
    const others: RoomInput = { is: 'refused', error: error('service-unavailable', 'wait') };
    for (const full of [ejabberd, others]) {
      expect(step(inIt('joining', 0, true), full)[0].status).toMatchObject({ is: 'refused', why: 'full' });
      for (const tries of [0, 100])
        expect(step(inIt('joining', tries), full)).toMatchObject([{ status: { is: 'waiting' } }, 'rest']);
    }
  });

  it('a lost line leads back: by the room’s word where the session goes on, by a new way in where it does not', () => {
    const [paused, act] = step(inIt('joined'), { is: 'paused' });
    expect([paused.status.is, act]).toEqual(['waiting', 'none']);
    expect(step(paused, { is: 'resumed' })).toEqual([inIt('joining'), 'ask']);
    expect(step(paused, { is: 'join', byUser: false })).toEqual([inIt('joining'), 'join']);
    for (const input of [{ is: 'paused' }, { is: 'resumed' }] as const)
      expect(step(out, input)).toEqual([out, 'none']);
  });
});
