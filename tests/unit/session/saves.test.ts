import { describe, expect, it } from 'vitest';
import type { ExportFile } from '../../../src-main/ports';
import type { SessionContext } from '../../../src-main/session/context';
import type { Kept } from '../../../src-main/session/files/kept';
import type { FileReach } from '../../../src-main/session/files/reach';
import { createSaves, type Source } from '../../../src-main/session/files/saves';
import { createHub } from '../../../src-main/session/hub';
import { done } from '../../../src-shared/ipc/errors';
import { FakeClock } from '../../support/clock';

const letter = {
  ...{ url: '', name: 'letter.txt', type: null, size: 8 },
  ...{ width: null, height: null, sha256: null },
};

/** Files of a user who looks for a place for as long as the test wants. */
const make = () => {
  const happened: string[] = [];
  const places: ((target: ExportFile | null) => void)[] = [];
  const hub = createHub();
  hub.listen(({ event }) => {
    if (event.type === 'download') happened.push(event.download.state);
  });
  const note = (what: string) => () => {
    happened.push(what);
    return Promise.resolve();
  };
  const target: ExportFile = {
    name: 'letter.txt',
    ...{ write: note('written'), finish: note('finished'), discard: note('discarded') },
  };
  const downloads = { choose: () => new Promise<ExportFile | null>((resolve) => places.push(resolve)) };
  const context = { account: 'a', hub, ports: { clock: new FakeClock(), downloads } };
  const saves = createSaves(context as unknown as SessionContext, {
    reach: {} as FileReach,
    kept: {} as Kept,
  });
  const source: Source = async (write) => {
    await write(Buffer.from('But soft'));
    return done;
  };
  return { happened, saves, places, target, save: () => saves.save(1, letter, source) };
};

describe('a file that is saved', () => {
  it('is asked for once, however often the button is pressed before there is a place', async () => {
    const { save, places, target, happened } = make();
    const first = save();
    expect(await save()).toMatchObject({ ok: false, error: { code: 'busy' } });
    expect(places).toHaveLength(1);
    places[0]?.(target);
    expect(await first).toEqual({ ok: true, value: { started: true } });
    expect(happened).toEqual(['running', 'written', 'finished', 'done']);
  });

  it.each([
    ['stopped', (saves: ReturnType<typeof createSaves>) => void saves.stop(1)],
    ['left by an account that goes', (saves: ReturnType<typeof createSaves>) => saves.wentAway()],
  ])('never begins when it is %s while the user looks for a place', async (_, end) => {
    const { save, saves, places, target, happened } = make();
    const saved = save();
    end(saves);
    places[0]?.(target);
    expect(await saved).toEqual({ ok: true, value: { started: false } });
    expect(happened).toEqual(['discarded']);
  });

  it('can be saved again once the user changed their mind', async () => {
    const { save, places, target } = make();
    const first = save();
    places[0]?.(null);
    expect(await first).toEqual({ ok: true, value: { started: false } });
    const second = save();
    places[1]?.(target);
    expect(await second).toEqual({ ok: true, value: { started: true } });
  });
});
