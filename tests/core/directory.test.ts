import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { ownPeer, signedIn } from './support';

describe.each(sharedServers())('the user directory on %s', (kind) => {
  const { userSearch } = CAPABILITIES[kind];

  if (userSearch === undefined)
    it('is not there, and that is said', async () => {
      const { juliet, account } = await signedIn(kind);
      expect(await juliet.core.call('directory.form', { account })).toEqual({
        ok: false,
        error: { code: 'not-offered' },
      });
    });
  else
    it('is found, asks by its form, and finds people by what their cards say', async () => {
      const { juliet, account, server } = await signedIn(kind);
      const nurse = await server.newAccount('nurse');
      const peer = await ownPeer(server, nurse);
      const family = `Angelica${String(Date.now())}`;
      await peer.sendRaw(
        `<iq xmlns='jabber:client' type='set' id='card'><vCard xmlns='vcard-temp'><FN>The Nurse</FN><N><FAMILY>${family}</FAMILY><GIVEN>Nurse &lt;b&gt;</GIVEN></N></vCard></iq>`,
      );
      await peer.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes('card'));
      const form = await juliet.ask('directory.form', { account });
      expect(form.service).toBe(`${userSearch}.${server.domain}`);
      expect(form.fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['fn', 'last', 'first']));
      const found = await juliet.until(async () => {
        const answer = await juliet.ask('directory.search', {
          account,
          service: form.service,
          values: { last: family },
        });
        return answer.rows.length > 0 ? answer : null;
      }, 'the nurse in the directory');
      expect(found.rows.map(({ jid }) => jid)).toEqual([nurse.jid]);
      // What somebody wrote into their card is text.
      expect(found.rows[0]?.values).toContain('Nurse <b>');
      expect(
        await juliet.core.call('directory.search', { account, service: 'other.example', values: {} }),
      ).toEqual({ ok: false, error: { code: 'not-offered' } });
    });
});
