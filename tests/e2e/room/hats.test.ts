import type { Locator } from 'playwright';
import { expect, it } from 'vitest';
import { freePorts } from '../../servers/free-ports';
import { newAccount } from '../../servers/shared';
import { startServer } from '../../servers/start-server';
import { startCrowdedRoom } from '../../support/crowded-room';
import { lookAt, WIDE } from '../look';
import { accountOf, ask, composer, en, log, openStage, sidebar, signIn, soon } from '../support';

it('who has a hat in a room has it beside what he says there (XEP-0317), as long as it is his', async () => {
  const { component } = await freePorts(['component']);
  const [server, stage] = await Promise.all([
    startServer('prosody', { componentPort: component }),
    openStage(),
  ]);
  const room = await startCrowdedRoom(server, component, 20);
  try {
    const { page } = stage;
    const view = lookAt(stage);
    await view.resize(WIDE);
    await signIn(page, await newAccount(server, server, 'nora'), server.wsUrl);
    const account = await accountOf(page);
    await ask(page, 'room.join', { account, peer: room.jid, nick: 'Nora', password: null, create: false });
    await sidebar(page)
      .getByRole('listbox', { name: en('room.rooms') })
      .getByRole('option', { name: room.name })
      .click();
    await composer(page, room.name).waitFor();
    const said = (body: string): Locator => log(page).getByRole('article').filter({ hasText: body });
    const words = en('room.hats', { hats: 'Host' });
    room.say(0, 'Welcome');
    room.say(16, 'Thank you');
    room.say(1, 'Do sit down');
    await said('Do sit down').waitFor();
    for (const body of ['Welcome', 'Do sit down'])
      await soon(() => said(body).textContent()).toContain(words);
    expect(await said('Thank you').textContent()).not.toContain(words);
    await view.lookAround('hats');
    await view.narrowly(() => view.look('hats-narrow'));
    // Whoever comes under his nick is not known to be he.
    room.tell([{ n: 0, gone: true }]);
    await soon(() => said('Welcome').textContent()).not.toContain(words);
    expect(await said('Do sit down').textContent()).toContain(words);
  } finally {
    await stage.stop();
    await room.stop();
    await server.stop();
  }
});
