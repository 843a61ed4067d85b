import { failed, ok, type Outcome } from '../../src-shared/ipc/errors';
import type { SearchForm, SearchFound } from '../../src-shared/model/directory';
import { xmlText } from '../xmpp/guards/xml-text';
import type { Link } from '../xmpp/link';
import { infoGet, parseInfo } from '../xmpp/xep/0030-disco';
import { parseServiceItems, serviceItemsGet } from '../xmpp/xep/0030-items';
import {
  parseSearchForm,
  parseSearchResult,
  SEARCH,
  searchGet,
  searchSet,
  type ParsedForm,
} from '../xmpp/xep/0055-search';
import type { SessionContext } from './context';
import { refusal } from './profile';

/** The user directory of the own server (XEP-0055), found by what the server says that it has. */
export interface Directory {
  /** `not-offered` where there is none. */
  form(): Promise<Outcome<SearchForm>>;
  /** With the values of the form that was asked for last. */
  search(service: string, values: Readonly<Record<string, string>>): Promise<Outcome<SearchFound>>;
}

/** A server has a few services. */
const MAX_SERVICES = 30;
/** A directory may look through many people. */
const SEARCH_MS = 30_000;

export const createDirectory = (context: Pick<SessionContext, 'domain' | 'link'>): Directory => {
  let known: { readonly link: Link; readonly service: string; readonly form: ParsedForm } | null = null;

  const find = async (link: Link): Promise<string | null> => {
    const items = await link.iq('get', serviceItemsGet(), { to: context.domain });
    const services = items.ok ? parseServiceItems(items.iq).slice(0, MAX_SERVICES) : [];
    const all = [context.domain, ...services.filter((one) => one !== context.domain)];
    const can = await Promise.all(
      all.map(async (to) => {
        const answer = await link.iq('get', infoGet(), { to, timeoutMs: 10_000 });
        const info = answer.ok ? parseInfo(answer.iq) : null;
        const rooms = info?.identities.some(({ category }) => category === 'conference') ?? false;
        return info?.features.includes(SEARCH) === true && !rooms;
      }),
    );
    return all.find((_, index) => can[index]) ?? null;
  };

  return {
    async form() {
      const link = context.link();
      if (!link) return failed('not-online');
      const service = known?.link === link ? known.service : await find(link);
      if (service === null) return failed('not-offered');
      const answer = await link.iq('get', searchGet(), { to: service });
      if (!answer.ok) return refusal(answer);
      const form = parseSearchForm(answer.iq);
      if (!form) return failed('not-offered');
      known = { link, service, form };
      return ok({ service, instructions: form.instructions, fields: form.fields });
    },
    async search(service, values) {
      const link = context.link();
      if (!link) return failed('not-online');
      if (known?.link !== link || known.service !== service) return failed('not-offered');
      const clean = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, xmlText(text)]));
      const answer = await link.iq('set', searchSet(known.form, clean), {
        to: service,
        timeoutMs: SEARCH_MS,
      });
      return answer.ok ? ok(parseSearchResult(answer.iq)) : refusal(answer);
    },
  };
};
