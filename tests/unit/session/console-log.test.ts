import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createConsoleLog } from '../../../src-main/session/console-log';
import type { Hub } from '../../../src-main/session/hub';
import type { AccountId } from '../../../src-shared/model/account';

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;
const held = (): number => {
  collect();
  return process.memoryUsage().heapUsed / 1024 ** 2;
};
const make = () => createConsoleLog('a' as AccountId, { emit: () => undefined } as unknown as Hub, () => 0);
/** As a stanza comes: one string, that nobody else has. */
const frame = (n: number, size: number): string => Buffer.alloc(size, String(n % 10)).toString();

describe('the stanzas that the console shows', () => {
  it('T15 a long one is cut, and what was cut off is not held', () => {
    const log = make();
    const before = held();
    for (let n = 0; n < 300; n++) log.add('in', null, frame(n, 200_000));
    expect(log.entries()).toHaveLength(300);
    expect(log.entries()[0]?.xml).toBe(`${'0'.repeat(20_000)}…`);
    expect(held() - before).toBeLessThan(20);
  });

  it('T15 of all together there are eight million characters at most: the oldest go', () => {
    const log = make();
    for (let n = 0; n < 1_000; n++) log.add('in', null, frame(n, 19_999));
    expect(log.entries()).toHaveLength(400);
    expect(log.entries().at(-1)?.id).toBe(1_000);
    for (let n = 0; n < 3_000; n++) log.add('in', null, '<r/>');
    expect(log.entries()).toHaveLength(2_000);
  });
});
