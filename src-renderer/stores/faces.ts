import { defineStore } from 'pinia';
import { shallowReactive, shallowRef } from 'vue';
import { call } from '../bridge/bridge';
import type { AppEvent } from '../../src-shared/ipc/events';
import type { Outcome } from '../../src-shared/ipc/errors';
import type { Faces } from '../../src-shared/model/card';
import { plainName } from '../text/names';
import { openFeed, type Feed } from './stream';

/** So many pictures stay at hand; the one that was put in first goes first, and is asked for again when it is drawn. */
const MAX_AT_HAND = 400;

/** How people look, and how the account calls itself. */
export const useFaces = defineStore('faces', () => {
  let account = '';
  let feed: Feed | null = null;
  /** By bare JID. */
  const hashes = shallowReactive(new Map<string, string>());
  /** Addresses for `<img>` by hash. */
  const pictures = shallowReactive(new Map<string, string>());
  const asked = new Set<string>();
  const ownName = shallowRef('');

  const put = (value: Faces): void => {
    hashes.clear();
    for (const { jid, hash } of value.avatars) hashes.set(jid, hash);
    ownName.value = plainName(value.ownName ?? '');
  };
  const apply = (events: readonly AppEvent[]): void => {
    for (const event of events) {
      if (event.topic !== 'faces' || event.account !== account) continue;
      if (event.type === 'own-name') ownName.value = plainName(event.name ?? '');
      else if (event.hash === null) hashes.delete(event.jid);
      else hashes.set(event.jid, event.hash);
    }
  };
  /** Shows the pictures of another account's people; null shows none. */
  const open = async (id: string | null): Promise<void> => {
    feed?.close();
    feed = null;
    account = id ?? '';
    hashes.clear();
    pictures.clear();
    asked.clear();
    ownName.value = '';
    if (!id) return;
    const opened = openFeed({
      topics: ['faces'],
      load: () => call('faces.state', { account }),
      put,
      apply,
      // Without pictures there are initials.
      fail: () => undefined,
    });
    feed = opened.feed;
    await opened.ready;
  };

  const load = async (hash: string): Promise<void> => {
    const of = account;
    const answer = await call('faces.picture', { account, hash });
    asked.delete(hash);
    if (of !== account || !answer.ok || !answer.value.value) return;
    const { type, data } = answer.value.value;
    const [oldest] = pictures.keys();
    if (pictures.size >= MAX_AT_HAND && oldest !== undefined) pictures.delete(oldest);
    pictures.set(hash, `data:${type};base64,${data}`);
  };
  const hashOf = (jid: string): string | null => hashes.get(jid) ?? null;
  /** Asks for a picture that is to be drawn, unless it is at hand. */
  const want = (hash: string): void => {
    if (pictures.has(hash) || asked.has(hash)) return;
    asked.add(hash);
    void load(hash);
  };
  /** Another one for ourselves; null: none. */
  const setOwn = (
    picture: { type: 'image/png' | 'image/jpeg'; data: string } | null,
  ): Promise<Outcome<null>> =>
    picture ? call('picture.set', { account, ...picture }) : call('picture.remove', { account });
  return { setOwn, ownName, open, hashOf, pictures, want };
});
