import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { testCertificate } from '../servers/certificates';
import type { TestServer } from '../servers/server';
import { startServer } from '../servers/start-server';
import { jidAt, PASSWORD } from '../e2e/office';
import { en, openStage, sidebar, signIn, signOut, submit, typeSignIn, type Stage } from '../e2e/support';
import { front } from '../support/front';
import { inSight } from './hands';
import { gallery, type Gallery } from './hang';

describe('the gallery: signing in', () => {
  let server: TestServer;
  let stage: Stage;
  let walls: Gallery;

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    walls = gallery(stage);
    await walls.begin();
  });
  afterAll(async () => {
    await stage.stop();
    await server.stop();
  });
  const more = (): Promise<void> =>
    stage.page.getByRole('button', { name: en('signIn.more'), exact: true }).click();
  const wrong = async (): Promise<void> => {
    await typeSignIn(stage.page, { jid: jidAt(server)('nora'), password: 'wrong', server: server.wsUrl });
    await submit(stage.page);
    await stage.page.locator('li.step.failed').getByRole('alert').waitFor();
  };

  it('the form', () => walls.hang({ name: '01-sign-in', open: () => Promise.resolve() }));
  it('all that it can be told', () => walls.hang({ name: '02-sign-in-more', open: more }));
  it('what was left out', () =>
    walls.hang({
      name: '03-sign-in-empty',
      open: async () => {
        await typeSignIn(stage.page, { jid: 'nora', password: '' });
        await submit(stage.page);
        await stage.page.getByText(en('signIn.address-no-at')).waitFor();
      },
    }));
  it('a new account', () =>
    walls.hang({
      name: '04-sign-in-create',
      open: () => stage.page.getByRole('button', { name: en('signIn.to-create') }).click(),
      close: () => stage.page.getByRole('button', { name: en('signIn.to-sign-in') }).click(),
    }));
  it('it is under way', async () => {
    // It takes the call, and says nothing.
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    await walls.hang({
      name: '04b-connecting',
      open: async () => {
        const at = `ws://127.0.0.1:${String(port)}/ws`;
        await typeSignIn(stage.page, { jid: jidAt(server)('nora'), password: 'any', server: at });
        await submit(stage.page);
        await stage.page.locator('li.step').first().waitFor();
      },
      each: inSight(() => stage.page.locator('li.step.doing')),
      close: () => signOut(stage.page),
    });
    silent.close();
  });
  /** As the window has brought it there when it came. */
  const failure = inSight(() => stage.page.locator('li.step.failed').getByRole('alert'));
  it('a failure', () =>
    walls.hang({ name: '05-failure', open: wrong, each: failure, close: () => signOut(stage.page) }));
  it('the XML of a step', () =>
    walls.hang({
      name: '06-failure-xml',
      open: async () => {
        await wrong();
        await stage.page
          .locator('li.step.failed')
          .getByRole('button', { name: en('signIn.show-xml') })
          .click();
        await stage.page.locator('li.step.failed pre').first().waitFor();
      },
      each: inSight(() => stage.page.locator('li.step.failed pre').first()),
      close: () => signOut(stage.page),
    }));
  const certificate = inSight(() => stage.page.getByRole('alertdialog'));
  it('a certificate that nobody has signed', () =>
    walls.hang({
      name: '07-certificate',
      open: async () => {
        const jid = jidAt(server)('nora');
        await typeSignIn(stage.page, { jid, password: 'any', server: server.wssUrl });
        await submit(stage.page);
        await stage.page.getByRole('alertdialog').waitFor();
      },
      each: certificate,
      close: () => signOut(stage.page),
    }));
  it('a certificate that is another one now', async () => {
    await server.createUser('nora', PASSWORD);
    const target = Number(new URL(server.wsUrl).port);
    const [first, second] = [
      await testCertificate('self-signed', 'front.test'),
      await testCertificate('expired', 'front.test'),
    ];
    const before = await front(target, { certificate: first });
    const where = `wss://localhost:${String(before.port)}${new URL(server.wsUrl).pathname}`;
    await typeSignIn(stage.page, { jid: jidAt(server)('nora'), password: PASSWORD, server: where });
    await submit(stage.page);
    await stage.page.getByRole('button', { name: en('signIn.trust') }).click();
    await sidebar(stage.page).waitFor();
    await before.stop();
    const after = await front(target, { certificate: second, port: before.port });
    await walls.hang({
      name: '07b-certificate-changed',
      open: async () => {
        await stage.page.getByRole('alertdialog').waitFor();
      },
      each: certificate,
      close: () => signOut(stage.page),
    });
    await after.stop();
  });
  it('nobody there yet', () =>
    walls.hang({
      name: '08-empty',
      open: async () => {
        await signIn(stage.page, { jid: jidAt(server)('nora'), password: PASSWORD }, server.wsUrl);
        await stage.page.getByText(en('shell.empty-no-contacts'), { exact: true }).waitFor();
      },
      close: () => signOut(stage.page),
    }));
});
