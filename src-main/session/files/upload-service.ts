import * as v from 'valibot';
import type { UploadOffer } from '../../../src-shared/model/file';
import type { Link } from '../../xmpp/link';
import { infoGet, itemsGet, parseInfo, parseItems } from '../../xmpp/xep/0030-disco';
import { maxFileSize, UPLOAD } from '../../xmpp/xep/0363-upload';
import type { SessionContext } from '../context';

/** Where the server takes files (XEP-0363 §4): found among its items, never guessed; known from the last time until then. */
export interface UploadService {
  readonly jid: string | null;
  offer(): UploadOffer;
  /** It, and hosts from which it has given files: our own server's. */
  isHost(host: string): boolean;
  noteHost(host: string): Promise<void>;
  load(): Promise<void>;
  /**
   * Never fails: a server that says nothing has none. A stream that broke off says nothing of the server, nor does a known
   * service that does not answer in time.
   */
  find(link: Link): Promise<void>;
}

const SETTING = 'upload-service';
/** A server has a handful of services; a longer list is not asked through. */
const MOST = 30;
const MOST_HOSTS = 20;
const schema = v.object({
  jid: v.nullable(v.string()),
  maxBytes: v.nullable(v.number()),
  hosts: v.array(v.string()),
});
type Kept = v.InferOutput<typeof schema>;

export const createUploadService = (
  context: Pick<SessionContext, 'domain' | 'store'>,
  changed: () => void,
): UploadService => {
  const { store } = context;
  let kept: Kept | null = null;
  const keep = async (next: Kept): Promise<void> => {
    const same = JSON.stringify(next) === JSON.stringify(kept);
    kept = next;
    if (same) return;
    changed();
    await store.putSetting(SETTING, JSON.stringify(next));
  };
  return {
    get jid() {
      return kept?.jid ?? null;
    },
    offer: () =>
      kept === null
        ? { is: 'unknown' }
        : kept.jid === null
          ? { is: 'none' }
          : { is: 'offered', maxBytes: kept.maxBytes },
    isHost: (host) => kept !== null && (kept.jid === host || kept.hosts.includes(host)),
    async noteHost(host) {
      if (!kept || kept.hosts.includes(host)) return;
      await keep({ ...kept, hosts: [host, ...kept.hosts].slice(0, MOST_HOSTS) });
    },
    async load() {
      const text = await store.setting(SETTING);
      const read = text === null ? null : v.safeParse(schema, JSON.parse(text));
      if (read?.success) kept = read.output;
    },
    async find(link) {
      const items = await link.iq('get', itemsGet(), { to: context.domain });
      if (!items.ok && ['timeout', 'lost'].includes(items.error.condition)) return;
      const services = items.ok
        ? parseItems(items.iq).flatMap(({ jid, node }) => (node === null && !jid.includes('@') ? [jid] : []))
        : [];
      const asked = [context.domain, ...services.slice(0, MOST)];
      const answers = await Promise.all(asked.map((to) => link.iq('get', infoGet(), { to })));
      if (answers.some((one) => !one.ok && one.error.condition === 'lost')) return;
      for (const [n, jid] of asked.entries()) {
        const answer = answers[n];
        const info = answer?.ok ? parseInfo(answer.iq) : null;
        if (!info?.features.includes(UPLOAD)) continue;
        await keep({ jid, maxBytes: maxFileSize(info), hosts: kept?.hosts ?? [] });
        return;
      }
      const known = answers[asked.indexOf(kept?.jid ?? '')];
      // Slow is not gone.
      if (known && !known.ok && known.error.condition === 'timeout') return;
      await keep({ jid: null, maxBytes: null, hosts: kept?.hosts ?? [] });
    },
  };
};
