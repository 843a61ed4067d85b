import { expect, it } from 'vitest';
import type { AppEvent } from '../../../src-shared/ipc/events';
import { createAvatars } from '../../../src-main/session/avatars';
import { parseStanza } from '../../../src-main/xmpp/parse-stanza';
import { StoreError } from '../../../src-main/store/store';
import { listLog } from '../../support/store-kit';

const presence = parseStanza(
  "<presence xmlns='jabber:client' from='romeo@example.org/x'>" +
    `<x xmlns='vcard-temp:x:update'><photo>${'a'.repeat(40)}</photo></x></presence>`,
);

it('R12 a disk that refuses costs a picture, and not the stream on which it was told', async () => {
  const log = listLog();
  const events: AppEvent[] = [];
  const avatars = createAvatars(
    {
      account: 'an account',
      bare: 'juliet@example.org',
      store: { picture: () => Promise.reject(new StoreError('full', 'no room')) },
      hub: { emit: (event: AppEvent) => void events.push(event) },
      ports: { log },
      link: () => null,
    } as never,
    () => true,
  );
  expect(presence).not.toBeNull();
  if (presence) await expect(avatars.handlePresence(presence)).resolves.toBeNull();
  expect(log.lines.join()).toContain('avatar');
  expect(events).toEqual([]);
});
