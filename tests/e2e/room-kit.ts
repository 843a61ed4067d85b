import { configure, peerJoins } from '../core/rooms-support';
import { connectPeer } from '../peers/connect-peer';
import type { Peer } from '../peers/peer';
import { connectServer, type SharedServer, type TestAccount } from '../servers/shared';
import { lookAt, WIDE, type Look } from './look';
import { openStage, signIn, type Stage } from './support';

/** A room on Prosody that Romeo has made, and Juliet in Flint, who is not in it. */
export interface RoomStage {
  readonly server: SharedServer;
  readonly stage: Stage;
  readonly juliet: TestAccount;
  readonly romeo: Peer;
  readonly view: Look;
  readonly room: string;
  readonly stop: () => Promise<void>;
}

/** @param service the first label of its domain; `settings`: fields of the room's form (XEP-0045 §10.2) */
export async function openRoomStage(
  name: string,
  service: string,
  settings: Parameters<typeof configure>[2],
): Promise<RoomStage> {
  const server = connectServer('prosody');
  const juliet = await server.newAccount('juliet');
  const [stage, romeo] = await Promise.all([
    openStage(),
    server.newAccount('romeo').then((account) => connectPeer(server, account)),
  ]);
  const room = `${name}-${Date.now().toString(36)}@${service}.${server.domain}`;
  await peerJoins(romeo, room, 'Romeo');
  await configure(romeo, room, settings);
  await signIn(stage.page, juliet, server.wsUrl);
  const view = lookAt(stage);
  await view.resize(WIDE);
  return {
    ...{ server, stage, juliet, romeo, view, room },
    stop: async () => {
      await romeo.disconnect();
      await stage.stop();
    },
  };
}
