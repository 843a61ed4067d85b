import type { CallName, CallResult, CheckedArgs, Snapshot } from '../../../src-shared/ipc/contract';
import { failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import type { AccountId } from '../../../src-shared/model/account';
import type { Accounts } from '../accounts';
import type { AccountSession } from '../account-session';
import type { Hub } from '../hub';

/** One function for each call of the contract, with exactly its arguments and its answer. */
export type Handlers = {
  readonly [N in CallName]: (
    args: CheckedArgs<N>,
  ) => Promise<Outcome<CallResult<N>>> | Outcome<CallResult<N>>;
};
/** Those of them whose names begin so. */
export type HandlersOf<P extends string> = Pick<Handlers, Extract<CallName, `${P}.${string}`>>;

type Answer<T> = Promise<Outcome<T>> | Outcome<T>;

/** Runs a call where it belongs. */
export interface RunOn {
  /** With the session of an account, once its database is open. */
  on<T>(account: AccountId, run: (session: AccountSession) => Answer<T>): Promise<Outcome<T>>;
  /** And on one conversation. */
  onPeer<T>(
    at: { readonly account: AccountId; readonly peer: string },
    run: (session: AccountSession, peer: string) => Answer<T>,
  ): Promise<Outcome<T>>;
  /** On one conversation or (null) all. */
  onSome<T>(
    account: AccountId,
    peer: string | null,
    run: (session: AccountSession, peer: string | null) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>>;
  /** The number is read before the value: an event told in between is then applied once more, never missed. */
  queryOn<T>(
    account: AccountId,
    read: (session: AccountSession) => Promise<T> | T,
  ): Promise<Outcome<Snapshot<T>>>;
}

export const createRunOn = (hub: Pick<Hub, 'change'>, accounts: Pick<Accounts, 'session'>): RunOn => {
  const on: RunOn['on'] = async (account, run) => {
    const session = await accounts.session(account);
    return session ? run(session) : failed('no-account');
  };
  const onPeer: RunOn['onPeer'] = ({ account, peer }, run) =>
    on(account, (session) => {
      const key = session.rooms.keyOf(peer);
      return key === null ? failed('bad-jid') : run(session, key);
    });
  return {
    on,
    onPeer,
    onSome: (account, peer, run) =>
      peer === null ? on(account, (session) => run(session, null)) : onPeer({ account, peer }, run),
    queryOn: (account, read) =>
      on(account, async (session) => {
        const { change } = hub;
        return ok({ change, value: await read(session) });
      }),
  };
};
