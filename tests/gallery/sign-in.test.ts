import { afterAll, beforeAll, describe, it } from 'vitest';
import type { TestServer } from '../servers/server';
import { startServer } from '../servers/start-server';
import { jidAt, PASSWORD } from '../e2e/office';
import { en, openStage, signIn, signOut, submit, typeSignIn, type Stage } from '../e2e/support';
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
  it('a failure', () => walls.hang({ name: '05-failure', open: wrong, close: () => signOut(stage.page) }));
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
      close: () => signOut(stage.page),
    }));
  it('a certificate that nobody has signed', () =>
    walls.hang({
      name: '07-certificate',
      open: async () => {
        const jid = jidAt(server)('nora');
        await typeSignIn(stage.page, { jid, password: 'any', server: server.wssUrl });
        await submit(stage.page);
        await stage.page.getByRole('alertdialog').waitFor();
      },
      close: () => signOut(stage.page),
    }));
  it('nobody there yet', () =>
    walls.hang({
      name: '08-empty',
      open: async () => {
        await server.createUser('nora', PASSWORD);
        await signIn(stage.page, { jid: jidAt(server)('nora'), password: PASSWORD }, server.wsUrl);
        await stage.page.getByText(en('shell.empty-no-contacts'), { exact: true }).waitFor();
      },
      close: () => signOut(stage.page),
    }));
});
