import { describe, expect, it } from 'vitest';
import { createReach } from '../../../src-main/session/files/reach';

/** Where files of others may be fetched from, of an account at `office.example`. */
const reachOf = (): ReturnType<typeof createReach> => {
  const reach = createReach({
    domain: 'office.example',
    pins: () => ({}),
    isUploadHost: (host) => host === 'upload.office.example',
  });
  reach.useEndpoint('wss://xmpp.office.example:5443/ws');
  return reach;
};

describe('where files of others may lead', () => {
  it('T20 T31 only the server and its upload are home, not every host under the domain', () => {
    const stranger = reachOf().others(true);
    const contact = reachOf().others(false);
    for (const host of ['office.example', 'xmpp.office.example', 'upload.office.example']) {
      expect(stranger.mayGo(host), host).toBe(true);
      expect(contact.mayBePrivate(host), host).toBe(true);
    }
    for (const host of ['jenkins.office.example', 'x.upload.office.example', 'office.example.evil.test']) {
      expect(stranger.mayGo(host), host).toBe(false);
      expect(stranger.mayBePrivate(host), host).toBe(false);
      expect(contact.mayGo(host), host).toBe(true);
      expect(contact.mayBePrivate(host), host).toBe(false);
    }
  });
});
