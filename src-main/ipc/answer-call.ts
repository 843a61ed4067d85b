import * as v from 'valibot';
import { calls, type CallName } from '../../src-shared/ipc/contract';
import { failed, type Outcome } from '../../src-shared/ipc/errors';
import type { Core } from '../core-api';

export type Answer = (name: unknown, args: unknown) => Promise<Outcome<unknown>>;

/** Told of an error that nobody expected; it never crosses to the window. */
export type OnThrown = (name: CallName, error: unknown) => void;

/** Names of files come from the preload script alone, by a channel of its own. */
const FILES: CallName = 'file.add';

const run = async (
  core: Pick<Core, 'call'>,
  onThrown: OnThrown,
  name: CallName,
  args: unknown,
  allowed = true,
): Promise<Outcome<unknown>> => {
  try {
    if (!v.safeParse(calls[name].args, args).success) return failed('bad-request');
    if (!allowed) return failed('forbidden');
    return await core.call(name, args as never);
  } catch (error) {
    onThrown(name, error);
    return failed('internal');
  }
};

/** Checks a call against the contract and has it done. Whatever comes in, what goes out is an Outcome. */
export const createAnswer =
  (core: Pick<Core, 'call'>, onThrown: OnThrown): Answer =>
  (name, args) => {
    if (!isCallName(name)) return Promise.resolve(failed('bad-request'));
    return run(core, onThrown, name, args, name !== FILES);
  };

/** The same for files that the user gave to the page. */
export const createFileAnswer =
  (core: Pick<Core, 'call'>, onThrown: OnThrown): ((args: unknown) => Promise<Outcome<unknown>>) =>
  (args) =>
    run(core, onThrown, FILES, args);

export const isCallName = (name: unknown): name is CallName =>
  typeof name === 'string' && Object.hasOwn(calls, name);
