import { expect, it } from 'vitest';
import { createUploadService } from '../../../src-main/session/files/upload-service';
import type { Link } from '../../../src-main/xmpp/link';
import { stanza } from '../../support/stanza';
import { openTestStore } from '../../support/store-kit';

const INFO = 'http://jabber.org/protocol/disco#info';
const takesFiles = "<feature var='urn:xmpp:http:upload:0'/>";
/** A server with these services: what each says that it can, or that it says nothing in time. */
const serverWith = (services: Readonly<Record<string, string>>): Link =>
  ({
    iq: (_: string, query: { toString(): string }, { to }: { readonly to: string }) => {
      const items = Object.keys(services).map((jid) => `<item jid='${jid}'/>`);
      const said = query.toString().includes(INFO)
        ? services[to] === 'timeout'
          ? null
          : `<query xmlns='${INFO}'>${services[to] ?? ''}</query>`
        : `<query xmlns='http://jabber.org/protocol/disco#items'>${items.join('')}</query>`;
      return Promise.resolve(
        said === null
          ? { ok: false, error: { condition: 'timeout', type: null, text: null } }
          : { ok: true, iq: stanza(`<iq type='result'>${said}</iq>`) },
      );
    },
  }) as unknown as Link;
const service = async () => {
  const context = { domain: 'example.org', store: await openTestStore() };
  return createUploadService(context, () => undefined);
};

it('a service that takes files and once is slow to answer takes them all the same', async () => {
  const found = await service();
  await found.find(serverWith({ 'upload.example.org': takesFiles, 'rooms.example.org': '' }));
  await found.find(serverWith({ 'upload.example.org': 'timeout', 'rooms.example.org': '' }));
  expect(found.jid).toBe('upload.example.org');
  expect(found.offer()).toEqual({ is: 'offered', maxBytes: null });
});

it('that is over where it says so, where there is another one, and where it is none of the server’s any more', async () => {
  for (const [next, jid] of [
    [{ 'upload.example.org': '' }, null],
    [{ 'upload.example.org': 'timeout', 'files.example.org': takesFiles }, 'files.example.org'],
    [{ 'rooms.example.org': 'timeout' }, null],
  ] as const) {
    const found = await service();
    await found.find(serverWith({ 'upload.example.org': takesFiles }));
    await found.find(serverWith(next));
    expect(found.jid).toBe(jid);
  }
});
