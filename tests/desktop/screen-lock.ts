import type { Bus } from './bus';

const NAME = 'org.freedesktop.ScreenSaver';
const PATH = '/org/freedesktop/ScreenSaver';

/** The desktop's screen saver, as far as it says on the bus whether the screen is locked. */
export interface ScreenLock {
  lock(): void;
  unlock(): void;
}

/** Becomes the screen saver of this bus. */
export async function startScreenLock(bus: Bus): Promise<ScreenLock> {
  let locked = false;
  const tell = (is: boolean): void => {
    locked = is;
    bus.signal(PATH, NAME, 'ActiveChanged', 'b', [is]);
  };
  bus.serve({ name: NAME, methods: { GetActive: () => ({ signature: 'b', body: [locked] }) } });
  await bus.own(NAME);
  return {
    lock: () => {
      tell(true);
    },
    unlock: () => {
      tell(false);
    },
  };
}
