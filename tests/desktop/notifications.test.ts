import dbus from 'dbus-next';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDesktop, type Desktop } from './desktop';

const NAME = 'org.freedesktop.Notifications';

/** An app that speaks to the daemon directly, as Flint does where Electron's own notifications lack replies. */
describe('the notification daemon of the tests', () => {
  let desktop: Desktop;
  let bus: dbus.MessageBus;
  let heard: unknown[][] = [];

  const call = async (member: string, signature = '', body: unknown[] = []): Promise<unknown> => {
    const path = '/org/freedesktop/Notifications';
    const message = new dbus.Message({ destination: NAME, path, interface: NAME, member, signature, body });
    return ((await bus.call(message))?.body as unknown[] | undefined)?.[0];
  };
  const notify = async (replaces: number, summary: string, hints = {}): Promise<number> => {
    const actions = ['default', '', 'inline-reply', 'Reply', 'read', 'Mark as read'];
    const body = ['Flint', replaces, 'flint', summary, 'text', actions, hints, -1];
    return (await call('Notify', 'susssasa{sv}i', body)) as number;
  };

  beforeAll(async () => {
    desktop = await startDesktop({ keyring: 'none' });
    bus = dbus.sessionBus({ busAddress: desktop.env['DBUS_SESSION_BUS_ADDRESS'] ?? '' });
    await once(bus, 'connect');
    bus.on('message', (message) => {
      if (message.interface === NAME) heard.push([message.member, ...(message.body as unknown[])]);
    });
    const match = [`type='signal',interface='${NAME}'`];
    const [path, destination] = ['/org/freedesktop/DBus', 'org.freedesktop.DBus'];
    await bus.call(
      new dbus.Message({
        destination,
        path,
        interface: destination,
        member: 'AddMatch',
        signature: 's',
        body: match,
      }),
    );
  });
  afterAll(async () => {
    bus.disconnect();
    await desktop.stop();
  });

  it('advertises replies, and passes one on', async () => {
    expect(await call('GetCapabilities')).toContain('inline-reply');
    const id = await notify(0, 'Romeo', { urgency: new dbus.Variant('y', 1) });
    expect(desktop.notifications.list()).toEqual([
      {
        id,
        appName: 'Flint',
        icon: 'flint',
        summary: 'Romeo',
        body: 'text',
        actions: [
          { key: 'default', label: '' },
          { key: 'inline-reply', label: 'Reply' },
          { key: 'read', label: 'Mark as read' },
        ],
        hints: { urgency: 1 },
        closed: false,
      },
    ]);
    desktop.notifications.reply(id, 'I come, 茱丽叶');
    await expect
      .poll(() => heard)
      .toEqual([
        ['NotificationReplied', id, 'I come, 茱丽叶'],
        ['NotificationClosed', id, 2],
      ]);
    expect(() => {
      desktop.notifications.click(id);
    }).toThrow('no open notification');
  });

  it('replaces one in its place, and presses its buttons', async () => {
    heard = [];
    const id = await notify(0, 'one');
    expect(await notify(id, 'one and two')).toBe(id);
    expect(desktop.notifications.list().map((one) => one.summary)).toEqual(['Romeo', 'one and two']);
    desktop.notifications.invoke(id, 'read');
    await expect.poll(() => heard[0]).toEqual(['ActionInvoked', id, 'read']);
  });

  it('sees the app take one away', async () => {
    heard = [];
    const id = await notify(0, 'gone soon');
    await call('CloseNotification', 'u', [id]);
    await expect.poll(() => heard).toEqual([['NotificationClosed', id, 3]]);
    expect(desktop.notifications.list().at(-1)).toMatchObject({ id, closed: true });
  });
});
