import { afterAll, beforeAll, describe, it } from 'vitest';
import { connectServer, type SharedServer } from '../../servers/shared';
import { accountOf, ask, bringBack, inMain, openStage, putAway, signIn, soon, type Stage } from '../support';

describe('a window that nobody sees', () => {
  let server: SharedServer;
  let stage: Stage;

  beforeAll(async () => {
    server = connectServer('prosody');
    stage = await openStage({});
    await signIn(stage.page, await server.newAccount('juliet'), server.wsUrl);
  });
  afterAll(() => stage.stop());

  /** What the server was told, in order (XEP-0352). */
  const told = async (): Promise<string> => {
    const account = await accountOf(stage.page);
    const entries = (await ask(stage.page, 'console.entries', { account })).value;
    return entries
      .filter(({ direction }) => direction === 'out')
      .flatMap(({ xml }) => /<(active|inactive) xmlns="urn:xmpp:csi:0"/.exec(xml)?.[1] ?? [])
      .join(' ');
  };

  it('hidden in the tray or minimised, the server is told; shown again, too', async () => {
    await soon(told).toMatch(/^(active)?$/);
    await putAway(stage);
    await soon(told).toMatch(/inactive$/);
    await bringBack(stage);
    await soon(told).toMatch(/inactive active$/);
    await inMain(stage, (window) => {
      window.minimize();
    });
    await soon(told).toMatch(/inactive active inactive$/);
  });
});
