import { describe, expect, it } from 'vitest';
import { mayAct, mayEdit, roomActs, type Standing } from '../../../src-shared/model/room-powers';
import type { Affiliation, Role } from '../../../src-shared/model/room';

const offered = (own: Standing, role: Role, affiliation: Affiliation, jid: string | null = 'x@y') =>
  roomActs.filter((act) => mayAct(own, { role, affiliation, jid }, act));
const owner: Standing = { role: 'moderator', affiliation: 'owner' };
const admin: Standing = { role: 'moderator', affiliation: 'admin' };
const moderator: Standing = { role: 'moderator', affiliation: 'none' };

describe('what is offered with somebody in a room (XEP-0045 §5.1.1, §5.2.1)', () => {
  it('nothing to those who are neither moderator nor administrator', () => {
    for (const affiliation of ['none', 'member'] as const)
      expect(offered({ role: 'participant', affiliation }, 'visitor', 'none')).toEqual([]);
  });

  it('a moderator removes people and decides who speaks, of those who stand no higher', () => {
    expect(offered(moderator, 'participant', 'none')).toEqual(['no-voice', 'kick']);
    expect(offered(moderator, 'visitor', 'none')).toEqual(['voice', 'kick']);
    expect(offered(moderator, 'moderator', 'none')).toEqual([]);
    for (const affiliation of ['member', 'admin', 'owner'] as const)
      expect(offered(moderator, 'participant', affiliation)).toEqual([]);
  });

  it('an administrator bans, and chooses members and moderators, but nobody of their own rank', () => {
    expect(offered(admin, 'participant', 'none')).toEqual(['no-voice', 'moderator', 'member', 'kick', 'ban']);
    expect(offered(admin, 'moderator', 'member')).toEqual(['no-moderator', 'no-member', 'kick', 'ban']);
    expect(offered(admin, 'moderator', 'admin')).toEqual([]);
    expect(offered(admin, 'moderator', 'owner')).toEqual([]);
  });

  it('an owner does all that, and chooses administrators and owners', () => {
    expect(offered(owner, 'participant', 'member')).toEqual([
      ...['no-voice', 'moderator', 'no-member', 'admin', 'owner', 'kick', 'ban'],
    ]);
    expect(offered(owner, 'moderator', 'admin')).toEqual(['no-admin', 'owner', 'ban']);
    expect(offered(owner, 'moderator', 'owner')).toEqual(['no-owner']);
  });

  it('what is for good needs a real address', () => {
    expect(offered(owner, 'participant', 'none', null)).toEqual(['no-voice', 'moderator', 'kick']);
  });

  it('administrators change the lists below them, owners all', () => {
    const lists = ['member', 'admin', 'owner', 'outcast'] as const;
    expect(lists.filter((list) => mayEdit('admin', list))).toEqual(['member', 'outcast']);
    expect(lists.filter((list) => mayEdit('owner', list))).toEqual(lists);
    expect(lists.filter((list) => mayEdit('member', list))).toEqual([]);
  });
});
