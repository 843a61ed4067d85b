import type { Element } from '../../../xmpp/element';
import type { SessionContext } from '../../context';
import { createOffers, type Offers, type OffersParts } from './offers';
import { createSending, type SendDirectly, type SendingParts } from './sending';
import { createStreams } from './streams';

/** Files that go from one computer to the other, because no server keeps them (XEP-0096 over XEP-0047). */
export interface Direct extends Pick<Offers, 'accept' | 'decline'> {
  readonly send: SendDirectly;
  /** False: the IQ is about no file. */
  take(iq: Element): Promise<boolean>;
  wentOffline(): void;
}

export type DirectParts = Omit<OffersParts & SendingParts, 'streams'>;

export const createDirect = (context: SessionContext, parts: DirectParts): Direct => {
  const streams = createStreams(context);
  const offers = createOffers(context, { ...parts, streams });
  return {
    send: createSending(context, { ...parts, streams }),
    take: async (iq) => streams.take(iq) || offers.take(iq),
    accept: offers.accept,
    decline: offers.decline,
    wentOffline() {
      streams.wentOffline();
      offers.wentOffline().catch((error: unknown) => {
        context.ports.log.error('file-offers', { reason: error instanceof Error ? error.name : 'unknown' });
      });
    },
  };
};
