import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { at, messagesWith, ownCore, signedIn, type Pair } from './support';

const BEHIND_MS = 23 * 3_600_000;
const said = (pair: Pair, text: string) =>
  pair.juliet.until(
    async () => (await messagesWith(pair)).find(({ body }) => body === text) ?? null,
    `“${text}”`,
  );

describe.each(sharedServers().filter((kind) => CAPABILITIES[kind].mam))(
  'a clock behind that of %s',
  (kind) => {
    it('R11 what is read from the archive has the server’s time, not that of the reading', async () => {
      const pair = await signedIn(kind);
      const { romeo, julietAccount, server } = pair;
      const now = Date.now();
      await romeo.sendMessage(julietAccount.jid, 'it is the east');
      await said(pair, 'it is the east');
      const other = await ownCore({
        spoil: (ports) => ({ ...ports, clock: { ...ports.clock, now: () => Date.now() - BEHIND_MS } }),
      });
      const account = await other.signIn(julietAccount.jid, julietAccount.password, at(server));
      const { at: shown } = await said({ ...pair, juliet: other, account }, 'it is the east');
      expect(Math.abs(shown - now)).toBeLessThan(60_000);
    });
  },
);
