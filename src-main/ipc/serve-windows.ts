import { ipcMain } from 'electron';
import type { WebContents } from 'electron';
import * as v from 'valibot';
import { calls, channels, type CallName } from '../../src-shared/ipc/contract';
import { failed, type Outcome } from '../../src-shared/ipc/errors';
import type { Core } from '../core-api';
import { createAnswer, createFileAnswer, type OnThrown } from './answer-call';
import { isOurSender } from './sender';
import type { WindowFront } from './window-front';
import type { WindowHub } from './window-hub';

export interface ServeWindowsOptions {
  readonly core: Core;
  readonly hub: WindowHub;
  readonly front: WindowFront;
  readonly onForbidden: () => void;
  readonly onThrown: OnThrown;
  /** The origin of our pages. */
  readonly origin: string;
  readonly isOwnWindow: (contents: WebContents) => boolean;
  /** Resolves when the core can answer. */
  readonly ready: Promise<unknown>;
}

/**
 * What these answer can be thousands of things, and goes over as text: copied piece by piece, first into this process's
 * letter and then through the bridge into the page, ten thousand contacts hold up both.
 */
const asText: ReadonlySet<unknown> = new Set<CallName>([
  'roster.state',
  'chats.list',
  'room.occupants',
  'room.affiliations',
]);

/** Answers our windows, and nobody else: sender check → schema check → core. */
export const serveWindows = (options: ServeWindowsOptions): void => {
  const { core, hub, front, origin, isOwnWindow, ready } = options;
  const answer = createAnswer(core, options.onThrown);
  const answerFiles = createFileAnswer(core, options.onThrown);
  core.listen((event) => {
    hub.push(event);
  });
  ipcMain.handle(channels.call, async (event, name: unknown, args: unknown): Promise<unknown> => {
    if (!isOurSender(event, isOwnWindow, origin)) {
      options.onForbidden();
      return failed('forbidden');
    }
    await ready;
    // Each window's own: only what the one in front shows is the core's.
    if (name === 'window.showing' && v.is(calls[name].args, args))
      return front.showing(event.sender.id, args);
    const outcome = await answer(name, args);
    // Its arguments were found good, so this is its shape.
    if (name === 'window.subscribe' && outcome.ok)
      hub.subscribe(event.sender.id, (args as { readonly topics: readonly string[] }).topics);
    return asText.has(name) ? JSON.stringify(outcome) : outcome;
  });
  // The preload script's own: with the paths of files that the user gave to the page.
  ipcMain.handle(channels.files, async (event, args: unknown): Promise<Outcome<unknown>> => {
    if (!isOurSender(event, isOwnWindow, origin)) {
      options.onForbidden();
      return failed('forbidden');
    }
    await ready;
    return answerFiles(args);
  });
};

/**
 * From now on the window is told events, once its page asks for them.
 *
 * @param isVisible whether the window is on screen
 */
export const tellWindow = (contents: WebContents, isVisible: () => boolean, hub: WindowHub): void => {
  const { id } = contents;
  hub.add(id, {
    send: (batch) => {
      if (!contents.isDestroyed()) contents.send(channels.batch, batch);
    },
    isVisible,
  });
  // Once it is there: one that begins may be refused, and then the page that listens is still the same.
  contents.on('did-navigate', () => {
    hub.reset(id);
  });
  contents.on('render-process-gone', () => {
    hub.reset(id);
  });
  contents.on('destroyed', () => {
    hub.remove(id);
  });
};
