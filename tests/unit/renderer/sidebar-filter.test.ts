import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ref } from 'vue';
import { usePeople } from '../../../src-renderer/features/palette/use-people';
import { useChatRows } from '../../../src-renderer/features/sidebar/use-lists';
import { useRequests } from '../../../src-renderer/features/sidebar/use-requests';
import { useChats } from '../../../src-renderer/stores/chats';
import { useRoster } from '../../../src-renderer/stores/roster';
import { closeStream } from '../../../src-renderer/stores/stream';
import { noMarks, type Conversation, type ConversationLast } from '../../../src-shared/model/conversation';
import { accountId, contact, fakeMain, type FakeMain } from './fake-main';

const chat = (peer: string, at: number | null, draft = ''): Conversation => ({
  ...{ peer, standing: 'open', unread: 0, draft, marks: noMarks },
  last: at === null ? null : { direction: 'in', text: 'x', at, delivery: null },
});
const people = [
  contact('李雯', [], 'online', { jid: 'lw@example.org' }),
  contact('Piotr Wiśniewski', [], 'online', { jid: 'piotr@example.org' }),
];

describe('the chats of the sidebar', () => {
  let main: FakeMain;
  beforeEach(() => {
    setActivePinia(createPinia());
    main = fakeMain();
    main.snapshot('roster.state', 1, { contacts: people, requests: [] });
  });
  afterEach(closeStream);
  const open = async (chats: readonly Conversation[]): Promise<void> => {
    main.snapshot('chats.list', 1, chats);
    await Promise.all([useChats().open(accountId), useRoster().open(accountId)]);
  };

  it('are found without marks, by pinyin initials and by address, as contacts are', async () => {
    await open(people.map(({ jid }, at) => chat(jid, at + 1)));
    const query = ref('');
    const { rows } = useChatRows(query, ref(false));
    const found = (words: string): readonly string[] => {
      query.value = words;
      return rows.value.map(({ peer }) => peer);
    };
    expect(found('lw')).toEqual(['lw@example.org']);
    expect(found('wisn piotr')).toEqual(['piotr@example.org']);
    expect(found('example')).toEqual(['piotr@example.org', 'lw@example.org']);
    expect(found('nobody')).toEqual([]);
  });

  it('show a draft, of a conversation in which nothing was said too, before all that is read', async () => {
    const read = Array.from({ length: 20 }, (_, index) => chat(`read${String(index)}@x`, 100 + index));
    await open([...read, chat('new@x', null, 'Dear'), chat('old@x', 1, 'Well')]);
    const { rows } = useChatRows(ref(''), ref(false));
    expect(rows.value.slice(0, 3).map(({ peer }) => peer)).toEqual(['old@x', 'new@x', 'read19@x']);
  });

  it('of strangers say what they say as a chat does: who does what, of a spoiler its hint, a call for attention in our words', async () => {
    const asks = (peer: string, last: Partial<ConversationLast>): Conversation => ({
      ...chat(peer, 1),
      standing: 'request',
      last: { direction: 'in', text: '/me waits', at: 1, delivery: null, ...last },
    });
    await open([
      asks('paris@x', {}),
      asks('tybalt@x', { text: 'He dies.', spoiler: 'the end' }),
      asks('mercutio@x', { text: 'requests your attention', buzz: true }),
    ]);
    expect(useRequests().requests.value.map(({ said }) => said)).toEqual([
      '* paris waits',
      'Spoiler: the end',
      'Buzz',
    ]);
  });

  it('are made ready for a search once, however often the palette opens', async () => {
    await open([chat('lw@example.org', 1)]);
    const [first] = usePeople().chats.value;
    const [again] = usePeople().chats.value;
    expect(first?.haystack.initials).toContain('lw');
    expect(again?.haystack).toBe(first?.haystack);
    expect(again?.also).toBe(first?.also);
  });
});

describe('the groups that one can be put into', () => {
  it('are not those in which everybody is the administrator’s', async () => {
    setActivePinia(createPinia());
    const shared = contact('Eve', ['Sales', 'Both'], 'online', { shared: true });
    fakeMain().snapshot('roster.state', 1, { contacts: [shared, contact('Ann', ['Both'])], requests: [] });
    const roster = useRoster();
    await roster.open(accountId);
    expect(roster.groups).toEqual(['Both', 'Sales']);
    expect([...roster.keptGroups]).toEqual(['Sales']);
    closeStream();
  });
});
