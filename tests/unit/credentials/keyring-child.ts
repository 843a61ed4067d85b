/** The keyring adapter in a process of its own, for libsecret knows only the one session bus of its process. */
import { createKeyring } from '../../../src-main/credentials/keyring';
import { realClock } from '../../support/real-clock';

export interface KeyringCall {
  readonly name: 'get' | 'set' | 'delete';
  readonly args: readonly [string, string?];
}

const keyring = createKeyring({ clock: realClock, deadlineMs: 1500 });
process.on('message', ({ name, args: [key, secret = ''] }: KeyringCall) => {
  void keyring[name](key, secret).then((outcome) => process.send?.({ outcome, state: keyring.state() }));
});
