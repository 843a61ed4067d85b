import { beforeEach, describe, expect, it } from 'vitest';
import { createWindowFront, type Showing, type WindowFront } from '../../../src-main/ipc/window-front';
import { done } from '../../../src-shared/ipc/errors';

const account = 'a'.repeat(32);
const [main, own] = [1, 2];
const of = (peer: string | null): Showing => ({ account, peer, atEnd: true });

describe('what is before the user’s eyes', () => {
  let told: (string | null | boolean)[];
  let front: WindowFront;
  beforeEach(() => {
    told = [];
    front = createWindowFront({
      show: ({ peer }) => {
        told.push(peer);
        return Promise.resolve(done);
      },
      setFront: (is) => told.push(is),
    });
  });

  it('is what the window in front shows, told before that it is in front', () => {
    void front.showing(main, of('romeo'));
    front.focus(main, true);
    void front.showing(own, of('nurse'));
    front.focus(main, false);
    front.focus(own, true);
    expect(told).toEqual(['romeo', 'romeo', true, false, 'nurse', true]);
  });

  it('is not what a window behind it goes to', () => {
    void front.showing(own, of('nurse'));
    front.focus(own, true);
    told.length = 0;
    void front.showing(main, of('romeo'));
    front.focus(main, false);
    expect(told).toEqual([]);
    front.focus(main, true);
    expect(told).toEqual(['romeo', true]);
  });

  it('is nothing before a new window’s page has told what it shows', () => {
    void front.showing(main, of('romeo'));
    front.focus(main, true);
    front.focus(own, true);
    expect(told.slice(-2)).toEqual([null, true]);
    void front.showing(own, of('nurse'));
    expect(told.at(-1)).toBe('nurse');
  });

  it('is nothing any more when the window in front goes away', () => {
    void front.showing(own, of('nurse'));
    front.focus(own, true);
    front.remove(own);
    expect(told.at(-1)).toBe(false);
    front.remove(main);
    expect(told.filter((one) => one === false)).toHaveLength(1);
  });
});
