import { describe, expect, it } from 'vitest';
import { Ledger, type Direction } from '../../fault/chaos/ledger';
import { ServerDoing } from '../../fault/chaos/server-doing';
import type { TestServer } from '../../servers/server';

const world = (kind: TestServer['kind'], carried: boolean) =>
  new ServerDoing({
    server: { kind } as TestServer,
    ours: { jid: 'juliet@example.org', password: 'secret' } as never,
    peers: [{ backAfter: () => 0 }],
    wire: { carried: () => carried },
  });
const message = (direction: Direction) => {
  const { entry } = new Ledger().write(direction, 0, 1, 'words');
  entry.acked = entry.at;
  return entry;
};

describe('what chaos lets a server have lost', () => {
  it('is nothing that went down our line, killed or not', () => {
    for (const kind of ['prosody', 'ejabberd', 'openfire'] as const) {
      const doing = world(kind, true);
      const entry = message('in');
      doing.died(entry.at);
      expect([kind, doing.lost(entry)]).toEqual([kind, false]);
    }
  });

  it('is nothing that its archive was not asked for, where it keeps one', () => {
    const doing = world('ejabberd', false);
    const entry = message('in');
    doing.died(entry.at);
    expect(doing.lost(entry)).toBe(false);
  });

  it('is what never went down our line, where there is no archive', () => {
    expect(world('openfire', false).lost(message('in'))).toBe(true);
    expect(world('openfire', false).lost({ ...message('in'), acked: null })).toBe(false);
  });

  it('is what it acknowledged to us right before it was killed, and not long before', () => {
    const doing = world('prosody', false);
    const entry = message('out');
    const later = { ...entry, at: entry.at + 10_000, acked: entry.at + 10_000 };
    expect(doing.lost(later)).toBe(false);
    doing.died(entry.at + 10_100);
    expect(doing.lost(later)).toBe(true);
  });
});
