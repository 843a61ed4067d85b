import { ensureApt } from '../../scripts/setup/apt';
import { installSmack } from '../peers/smack/install';
import { testCertificate } from './certificates';
import { installEjabberd } from './ejabberd/ejabberd';
import { installOpenfire } from './openfire/install';
import { installProsody } from './prosody/prosody';
import { installProsody13 } from './prosody13/prosody13';
import type { ServerKind } from './server';

const INSTALLERS: Readonly<Record<ServerKind, () => Promise<unknown>>> = {
  prosody: () => installProsody(),
  prosody13: installProsody13,
  ejabberd: installEjabberd,
  openfire: installOpenfire,
};

/**
 * Fetches what these servers, and the peers that tests drive, need; fast when all is there. One after the other, since
 * apt works alone.
 */
export async function installAll(
  kinds: readonly ServerKind[] = ['prosody', 'prosody13', 'ejabberd', 'openfire'],
): Promise<void> {
  await ensureApt(['openssl', 'python3-slixmpp']);
  for (const kind of kinds) await INSTALLERS[kind]();
  await installSmack();
  await testCertificate('trusted', 'localhost');
}
