import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLinuxNotifier } from '../../src-main/desktop/notifications/linux';
import { connectSessionBus } from '../../src-main/desktop/linux/session-bus';
import type { Notice, Notifier } from '../../src-main/ports';
import { silentLog } from '../support/link-deps';
import { startDesktop, type Desktop } from './desktop';

const notice: Notice = {
  tag: 'request',
  title: 'Message request',
  body: 'mallory@evil.test',
  quiet: true,
  silent: true,
  replyLabel: null,
  markReadLabel: null,
  onClick: () => undefined,
  onReply: () => undefined,
  onMarkRead: () => undefined,
  onDismiss: () => undefined,
};

describe('the notice of a request', () => {
  let desktop: Desktop;
  let notifier: Notifier;
  const before = process.env['DBUS_SESSION_BUS_ADDRESS'];

  beforeAll(async () => {
    desktop = await startDesktop({ keyring: 'none' });
    process.env['DBUS_SESSION_BUS_ADDRESS'] = desktop.env['DBUS_SESSION_BUS_ADDRESS'];
    const bus = await connectSessionBus();
    const made = bus && (await createLinuxNotifier(bus, 'flint', silentLog));
    if (!made) throw new Error('no notifications on this bus');
    notifier = made;
  });
  afterAll(async () => {
    if (before === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS'];
    else process.env['DBUS_SESSION_BUS_ADDRESS'] = before;
    await desktop.stop();
  });

  it('T31 makes no sound, is not urgent and cannot be answered; any other notice can', async () => {
    notifier.show(notice);
    notifier.show({
      ...notice,
      tag: 'chat',
      quiet: false,
      silent: false,
      replyLabel: 'Reply',
      markReadLabel: 'Mark as read',
    });
    await expect.poll(() => desktop.notifications.list().length).toBe(2);
    const [request, chat] = desktop.notifications.list();
    expect(request?.hints).toMatchObject({ urgency: 0, 'suppress-sound': true });
    expect(JSON.stringify(request?.actions)).not.toMatch(/mark-read|inline-reply/);
    expect(chat?.hints).toMatchObject({ urgency: 1, 'suppress-sound': false });
    expect(JSON.stringify(chat?.actions)).toMatch(/inline-reply.*mark-read/);
  });
});
