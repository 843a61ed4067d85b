/** XEP-0156 §2: the WebSocket endpoints that a domain announces, over https only (T26). */
import type { Http } from '../../ports';
import { parseXml } from '../stream/strict-xml';
import type { Element } from '../stream/xml';
import { parseEndpoint } from './endpoint';

const rel = 'urn:xmpp:alt-connections:websocket';
const xrd = 'http://docs.oasis-open.org/ns/xri/xrd-1.0';
const maxBytes = 64 * 1024;
const maxEndpoints = 4;

/** The announced wss:// endpoints in the domain's order; none when it announces none or does not answer in time. */
export const announcedEndpoints = async (
  domain: string,
  http: Http,
  timeoutMs: number,
): Promise<readonly string[]> => {
  const read = async (
    name: string,
    parse: (body: string) => readonly string[],
  ): Promise<readonly string[]> => {
    const answer = await http.get(`https://${domain}/.well-known/${name}`, { timeoutMs, maxBytes });
    return answer.ok && answer.status === 200
      ? parse(answer.body).filter(isSecure).slice(0, maxEndpoints)
      : [];
  };
  const [json, text] = await Promise.all([read('host-meta.json', fromJson), read('host-meta', fromXrd)]);
  return json.length > 0 ? json : text;
};

/** ws:// is passed over, even if the document came over https: discovery never downgrades (T26). */
const isSecure = (href: string): boolean => parseEndpoint(href)?.protocol === 'wss:';

/** RFC 6415 Appendix A. */
const fromJson = (body: string): readonly string[] => {
  try {
    const links = (JSON.parse(body) as { links?: unknown } | null)?.links;
    return (Array.isArray(links) ? (links as readonly unknown[]) : []).flatMap((link) => {
      const { rel: linkRel, href } = (link ?? {}) as { rel?: unknown; href?: unknown };
      return linkRel === rel && typeof href === 'string' ? [href] : [];
    });
  } catch {
    return [];
  }
};

/** RFC 6415 §3. An XML declaration, common in such files, is not part of the element. */
const fromXrd = (body: string): readonly string[] => {
  const parsed = parseXml(body.replace(/^\uFEFF?\s*(<\?xml[^>]*\?>\s*)?/, ''));
  if (!parsed.ok || !parsed.element.is('XRD', xrd)) return [];
  return parsed.element
    .getChildren('Link', xrd)
    .filter((link: Element) => link.attrs['rel'] === rel)
    .map((link: Element) => String(link.attrs['href']));
};
