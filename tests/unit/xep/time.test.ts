import { describe, expect, it } from 'vitest';
import { parseTime, timeAnswer } from '../../../src-main/xmpp/xep/0202-entity-time';
import { parseIdle } from '../../../src-main/xmpp/xep/0319-idle';
import { shiftedTo, zoneName } from '../../../src-renderer/features/person/local-time';
import { stanza } from '../../support/stanza';

const said = (zone: string): number | null =>
  parseTime(
    stanza(`<iq><time xmlns='urn:xmpp:time'><tzo>${zone}</tzo><utc>2026-01-02T03:04:05Z</utc></time></iq>`),
  );

describe('entity time (XEP-0202)', () => {
  it('reads the zone, and no other words', () => {
    expect(said('Z')).toBe(0);
    expect(said('+08:00')).toBe(480);
    expect(said('-03:30')).toBe(-210);
    for (const zone of ['', '+99:00', '+08:75', 'CET', '8', '+14:30']) expect(said(zone)).toBeNull();
    expect(parseTime(stanza("<iq><time xmlns='urn:other'><tzo>Z</tzo></time></iq>"))).toBeNull();
  });

  it('reads what it writes', () => {
    for (const offset of [0, 480, -210, 345, -720])
      expect(parseTime(stanza(`<iq>${timeAnswer(0, offset).toString()}</iq>`))).toBe(offset);
  });

  it('is shown as a clock there and a zone', () => {
    expect([0, 480, -210, 345].map(zoneName)).toEqual(['UTC', 'UTC+8', 'UTC−3:30', 'UTC+5:45']);
    const now = Date.UTC(2026, 5, 1, 12);
    const there = new Date(shiftedTo(480, now));
    expect([there.getHours(), there.getMinutes()]).toEqual([20, 0]);
  });
});

describe('idle time (XEP-0319)', () => {
  it('is read from a presence, or is not there', () => {
    const idle = (inner: string) => parseIdle(stanza(`<presence>${inner}</presence>`));
    expect(idle("<idle xmlns='urn:xmpp:idle:1' since='2026-01-02T03:04:05Z'/>")).toBe(
      Date.UTC(2026, 0, 2, 3, 4, 5),
    );
    expect(idle("<idle xmlns='urn:xmpp:idle:1' since='yesterday'/>")).toBeNull();
    expect(idle('')).toBeNull();
  });
});
