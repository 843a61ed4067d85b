import { expect, it } from 'vitest';
import type { SessionContext } from '../../../src-main/session/context';
import { createOutbox } from '../../../src-main/session/outbox';
import type { Ports } from '../../../src-main/ports';
import type { Link } from '../../../src-main/xmpp/link';
import { realClock } from '../../support/real-clock';
import { listLog, openTestStore } from '../../support/store-kit';

const peer = 'romeo@example.org';

/** A line whose confirmations come when the test says so. */
const slowLine = () => {
  const sent: { readonly xml: string; readonly confirm: () => void }[] = [];
  const link = {
    send: (stanza: { toString(): string }, confirm?: () => void) =>
      sent.push({ xml: stanza.toString(), confirm: confirm ?? (() => undefined) }),
  } as unknown as Link;
  return { sent, link };
};

it('R20 a late acknowledgement of a try that failed does not pass for the next one', async () => {
  const store = await openTestStore();
  const line = slowLine();
  const ports = { clock: realClock, log: listLog() } as unknown as Ports;
  const context = { store, ports, link: () => line.link } as unknown as SessionContext;
  const outbox = createOutbox(context, () => Promise.resolve());
  const { id } = await store.addOutgoing({ peer, body: 'hello', originId: 'one', at: 1 });
  await outbox.flush();
  await store.markFailed(peer, 'one', { condition: 'service-unavailable', text: null });

  outbox.again(id);
  await store.requeue(id);
  line.sent[0]?.confirm();
  await outbox.flush();
  expect(line.sent).toHaveLength(2);
  expect((await store.message(id))?.delivery).toBe('waiting');

  line.sent[1]?.confirm();
  await outbox.flush();
  expect((await store.message(id))?.delivery).toBe('sent');
  expect(await store.outbox()).toEqual([]);
});
