import type { Element } from '../../../xmpp/element';
import type { SessionContext } from '../../context';
import { createJingle } from './jingle';
import { createOffers, type Offers, type OffersParts } from './offers';
import { createSending, type SendDirectly, type SendingParts } from './sending';
import { createSi } from './si';
import { createStreams } from './streams';

/** Files that go from one computer to the other, because no server keeps them. */
export interface Direct extends Pick<Offers, 'accept' | 'decline'> {
  readonly send: SendDirectly;
  /** False: the IQ is about no file. */
  take(iq: Element): Promise<boolean>;
  wentOffline(): void;
}

export type DirectParts = Omit<OffersParts & SendingParts, 'streams' | 'ways'>;

export const createDirect = (context: SessionContext, parts: DirectParts): Direct => {
  const streams = createStreams(context);
  const offers = createOffers(context, { ...parts, streams });
  const ways = [createJingle(context, offers.desk), createSi(context, offers.desk)];
  return {
    send: createSending(context, { ...parts, streams, ways }),
    async take(iq) {
      if (streams.take(iq)) return true;
      for (const way of ways) if (await way.take(iq)) return true;
      return false;
    },
    accept: offers.accept,
    decline: offers.decline,
    wentOffline() {
      streams.wentOffline();
      for (const way of ways) way.wentOffline();
      offers.wentOffline().catch((error: unknown) => {
        context.ports.log.error('file-offers', { reason: error instanceof Error ? error.name : 'unknown' });
      });
    },
  };
};
