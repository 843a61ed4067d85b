import type { Faces, Picture } from '../../src-shared/model/card';
import type { Element } from '../xmpp/element';
import type { Link } from '../xmpp/link';
import { parseVcard, vcardGet, vcardOf } from '../xmpp/xep/0054-vcard';
import { createAvatars, type Avatars } from './avatars';
import type { SessionContext } from './context';

/** How people look, and how the account calls itself. */
export interface FacesService {
  load(): Promise<void>;
  /** The database was made anew (R13). */
  save(): Promise<void>;
  state(): Faces;
  picture(hash: string): Promise<Picture | null>;
  handlePresence(presence: Element): Promise<void>;
  handleEvent(message: Element): Promise<void>;
  /** Asks for the own card: its name, and the picture where no node tells of one. */
  wentOnline(link: Link): void;
  /** Hash of the own picture; null: there is none, undefined: not known yet. */
  ownPhoto(): string | null | undefined;
  /** Pictures of rooms (XEP-0486). */
  readonly rooms: Pick<Avatars, 'roomTold' | 'putRoom'>;
  /** The own picture was published, or (null) removed. */
  putOwn(hash: string | null, picture: Picture | null): Promise<void>;
  /** The own card was written: it is read again. */
  cardChanged(link: Link): void;
  wentOffline(): void;
}

const OWN_NAME = 'own-name';

/** @param ownChanged the own picture is another one, or there is one no more */
export const createFaces = (
  context: SessionContext,
  mayFetch: (bare: string) => boolean,
  ownChanged: () => void = () => undefined,
): FacesService => {
  const avatars: Avatars = createAvatars(
    context,
    (bare) => bare === context.bare || mayFetch(bare),
    ownChanged,
  );
  const { store, hub, account } = context;
  let ownName: string | null = null;

  const readOwnCard = async (link: Link): Promise<void> => {
    const answer = await link.iq('get', vcardGet());
    const card = answer.ok ? vcardOf(answer.iq) : null;
    if (!card) return;
    const { fullName, nickname } = parseVcard(card);
    const name = fullName ?? nickname;
    if (name !== ownName) {
      await store.putSetting(OWN_NAME, name);
      ownName = name;
      hub.emit({ topic: 'faces', type: 'own-name', account, name });
    }
    await avatars.foundInCard(context.bare, card);
  };

  const readAgain = (link: Link): void => {
    readOwnCard(link).catch((error: unknown) => {
      context.ports.log.warn('own-card', { reason: error instanceof Error ? error.name : 'unknown' });
    });
  };

  return {
    async load() {
      [ownName] = await Promise.all([store.setting(OWN_NAME), avatars.load()]);
    },
    async save() {
      await Promise.all([store.putSetting(OWN_NAME, ownName), avatars.forget()]);
    },
    state: () => ({ avatars: avatars.state(), ownName }),
    picture: (hash) => store.picture(hash),
    rooms: avatars,
    ownPhoto: avatars.own,
    putOwn: avatars.putOwn,
    async handlePresence(presence) {
      const told = await avatars.handlePresence(presence);
      const link = context.link();
      if (told === 'own-card' && link) readAgain(link);
    },
    handleEvent: avatars.handleEvent,
    wentOnline: readAgain,
    cardChanged: readAgain,
    wentOffline: avatars.wentOffline,
  };
};
