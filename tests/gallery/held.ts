import type { CallName } from '../../src-shared/ipc/contract';
import { channels } from '../../src-shared/ipc/channels';
import type { Stage } from '../e2e/support';

/** Something that is under way, and stays so until it is let go. */
type Held = () => Promise<void>;

const freeAll = (stage: Stage): Promise<void> =>
  stage.flint.app.evaluate(() => {
    (globalThis as { free?: () => void }).free?.();
  });

/** The service takes so many pieces (64 KiB each) of what is uploaded, and then no more of them. */
export async function holdUpload(stage: Stage, pieces: number): Promise<Held> {
  await stage.flint.app.evaluate((_, most) => {
    const all = process.getBuiltinModule('node:http').OutgoingMessage.prototype;
    const { write } = all;
    let left = most;
    all.write = function (this: typeof all, ...args: unknown[]) {
      left -= 1;
      return left >= 0 && (Reflect.apply(write, this, args) as boolean);
    } as typeof write;
    Object.assign(globalThis, {
      free: () => {
        all.write = write;
      },
    });
  }, pieces);
  return () => freeAll(stage);
}

/** A disk that takes nothing of the files in a folder; settings are kept all the same. */
export async function holdDisk(stage: Stage, folder: string): Promise<Held> {
  await stage.flint.app.evaluate(async (_, where) => {
    const { readlinkSync } = process.getBuiltinModule('node:fs');
    const fs = process.getBuiltinModule('node:fs/promises');
    const handle = await fs.open('/dev/null', 'w');
    const all = Object.getPrototypeOf(handle) as typeof handle;
    await handle.close();
    const { writeFile } = all;
    let free = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    all.writeFile = async function (this: typeof handle, ...args) {
      if (readlinkSync(`/proc/self/fd/${String(this.fd)}`).startsWith(where)) await held;
      await writeFile.apply(this, args);
    };
    Object.assign(globalThis, {
      free: () => {
        all.writeFile = writeFile;
        free();
      },
    });
  }, folder);
  return () => freeAll(stage);
}

/** Main answers nothing of this kind; everything else at once. */
export async function holdCalls(stage: Stage, names: readonly CallName[]): Promise<Held> {
  await stage.flint.app.evaluate(
    ({ ipcMain }, { channel, held }: { readonly channel: string; readonly held: readonly string[] }) => {
      type Answer = (event: unknown, name: string, args: unknown) => unknown;
      const all = (ipcMain as unknown as { readonly _invokeHandlers: Map<string, Answer> })._invokeHandlers;
      const answer = all.get(channel);
      if (!answer) throw new Error('main answers nothing');
      let free = (): void => undefined;
      const waiting = new Promise<void>((resolve) => {
        free = resolve;
      });
      all.set(channel, async (event, name, args) => {
        if (held.includes(name)) await waiting;
        return answer(event, name, args);
      });
      Object.assign(globalThis, {
        free: () => {
          all.set(channel, answer);
          free();
        },
      });
    },
    { channel: channels.call, held: names },
  );
  return () => freeAll(stage);
}
