import { installProsody, startProsody, type ProsodyFlavour } from '../prosody/prosody';
import type { ServerOptions, TestServer } from '../server';

/** Prosody 13 from Debian 12's backports, with SASL2, Bind2, FAST, inline stream management and XEP-0474. */
const BACKPORT: ProsodyFlavour = {
  kind: 'prosody13',
  packages: ['prosody', 'prosody-modules'],
  backports: true,
  modules: ['sasl2', 'sasl2_bind2', 'sasl2_sm', 'sasl2_fast', 'sasl_ssdp', 'csi'],
  roomModules: ['muc_moderation'],
};

/** Fetches it into the cache; only Lua libraries are installed. */
export async function installProsody13(): Promise<void> {
  await installProsody(BACKPORT);
}

/** Starts one of its own. */
export function startProsody13(options: ServerOptions = {}): Promise<TestServer> {
  return startProsody(options, BACKPORT);
}
