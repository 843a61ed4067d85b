import { afterAll, beforeAll, describe, it } from 'vitest';

import { connectServer } from '../../servers/shared';
import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { lookAt, WIDE, type Look } from '../look';
import { jidAt, PASSWORD } from '../office';
import {
  en,
  openStage,
  settings,
  signIn,
  signOut,
  soon,
  submit,
  typeSignIn,
  zh,
  type Stage,
} from '../support';

describe('the look of signing in', () => {
  let server: TestServer;
  let stage: Stage;
  let view: Look;

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    view = lookAt(stage);
    await view.resize(WIDE);
    await settings(stage.page, { theme: 'light' });
  });
  afterAll(async () => {
    await stage.stop();
    await server.stop();
  });

  it('the sign-in screen, light, dark and in Chinese', async () => {
    await view.heading(en('signIn.title'));
    await view.look('sign-in');
    await stage.page.getByRole('button', { name: en('signIn.more'), exact: true }).click();
    await view.look('sign-in-more');
    await view.lookWith('sign-in-dark', { theme: 'dark' });
    await view.lookWith('sign-in-zh', { language: 'zh-CN' }, () => view.heading(zh('signIn.title')));
    await view.narrowly(() => view.look('sign-in-narrow'));
  });

  it('a sign-in that failed', async () => {
    await typeSignIn(stage.page, { jid: jidAt(server)('nora'), password: 'wrong', server: server.wsUrl });
    await submit(stage.page);
    await stage.page.locator('li.step.failed').getByRole('alert').waitFor();
    await view.look('failure');
    await view.lookWith('failure-dark', { theme: 'dark' });
    await view.lookWith('failure-zh', { language: 'zh-CN' }, () => view.heading(zh('signIn.title')));
    await signOut(stage.page);
  });

  it('in a narrow window the words of a failure come into sight by themselves', () =>
    view.narrowly(async () => {
      await typeSignIn(stage.page, { jid: jidAt(server)('nora'), password: 'wrong', server: server.wsUrl });
      await submit(stage.page);
      const card = stage.page.locator('li.step.failed').getByRole('alert');
      await card.waitFor();
      const visible = (): Promise<boolean> =>
        card.evaluate((one) => {
          const { top, bottom } = one.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight;
        });
      await soon(visible).toBe(true);
      await view.look('failure-narrow');
      await signOut(stage.page);
    }));

  it('XML of a step', async () => {
    await typeSignIn(stage.page, { jid: jidAt(server)('nora'), password: 'wrong', server: server.wsUrl });
    await submit(stage.page);
    await stage.page
      .locator('li.step.failed')
      .getByRole('button', { name: en('signIn.show-xml') })
      .click();
    await stage.page.locator('li.step.failed pre').first().waitFor();
    await view.look('failure-xml');
    await signOut(stage.page);
  });

  it('the question about a certificate', async () => {
    const openfire = connectServer('openfire');
    await typeSignIn(stage.page, {
      jid: `nora@${openfire.domain}`,
      password: 'any',
      server: openfire.wssUrl,
    });
    await submit(stage.page);
    await stage.page.getByRole('alertdialog').waitFor();
    await view.look('certificate');
    await view.lookWith('certificate-dark', { theme: 'dark' });
    await view.narrowly(() => view.look('certificate-narrow'));
    await signOut(stage.page);
  });

  it('an account with nobody in it', async () => {
    await server.createUser('nora', PASSWORD);
    await signIn(stage.page, { jid: jidAt(server)('nora'), password: PASSWORD }, server.wsUrl);
    await stage.page.getByText(en('shell.empty-no-contacts'), { exact: true }).waitFor();
    await view.look('empty');
    await view.lookWith('empty-dark', { theme: 'dark' });
    await stage.page.keyboard.press('Control+N');
    await stage.page.getByRole('dialog').waitFor();
    await view.look('add-contact');
    await stage.page.keyboard.press('Escape');
    await signOut(stage.page);
  });
});
