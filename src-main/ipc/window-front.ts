import { done, type Outcome } from '../../src-shared/ipc/errors';

/**
 * Which conversation is before the user's eyes: the one that the window in front shows. What a window behind it shows is no
 * longer looked at, and what the next one in front shows counts from then on. Windows go by the ids of their contents.
 */
export interface WindowFront {
  /** A window tells what it shows; the arguments have been found good. */
  showing(id: number, what: Showing): Promise<Outcome<unknown>>;
  focus(id: number, focused: boolean): void;
  remove(id: number): void;
}
export interface Showing {
  readonly account: string | null;
  readonly peer: string | null;
  /** Whether its newest message is in sight. */
  readonly atEnd: boolean;
}

const nothing: Showing = { account: null, peer: null, atEnd: false };

export interface FrontParts {
  /** Tells the core; it knows at once. */
  show(what: Showing): Promise<Outcome<unknown>>;
  /** Whether any of our windows is in front of all others. */
  setFront(front: boolean): void;
}

export const createWindowFront = ({ show, setFront }: FrontParts): WindowFront => {
  const shown = new Map<number, Showing>();
  let front: number | null = null;
  const leave = (): void => {
    front = null;
    setFront(false);
  };
  return {
    showing: (id, what) => {
      shown.set(id, what);
      return front === null || front === id ? show(what) : Promise.resolve(done);
    },
    focus: (id, focused) => {
      if (!focused) {
        if (front === id) leave();
        return;
      }
      front = id;
      // First what, then that it is: else what the window before showed would count as seen.
      void show(shown.get(id) ?? nothing);
      setFront(true);
    },
    remove: (id) => {
      shown.delete(id);
      if (front === id) leave();
    },
  };
};
