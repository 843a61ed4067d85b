import { vi } from 'vitest';
import type {} from '../../../src-renderer/env';
import type { Bridge } from '../../../src-shared/ipc/contract';
import type { AppState } from '../../../src-shared/ipc/states';
import type { AppEvent, EventBatch } from '../../../src-shared/ipc/events';
import { done, type Outcome } from '../../../src-shared/ipc/errors';
import type { AccountId } from '../../../src-shared/model/account';
import { noConnection } from '../../../src-shared/model/connection';
import type { Contact } from '../../../src-shared/model/contact';
import type { Message } from '../../../src-shared/model/conversation';
import { offlinePresence, type PresenceKind } from '../../../src-shared/model/presence';
import { defaultSettings } from '../../../src-shared/model/settings';

export const accountId = 'a'.repeat(32) as AccountId;

export const contact = (
  name: string,
  groups: readonly string[] = [],
  kind: PresenceKind = 'offline',
  extra: Partial<Contact> = {},
): Contact => ({
  jid: `${name.toLowerCase().replace(/\s+/gu, '.')}@example.org`,
  name,
  groups,
  subscription: 'both',
  asked: false,
  shared: false,
  presence: { ...offlinePresence, kind },
  ...extra,
});

export const message = (id: number, at: number, extra: Partial<Message> = {}): Message => ({
  id,
  peer: 'romeo@example.org',
  direction: 'in',
  kind: 'chat',
  subject: null,
  body: `number ${String(id)}`,
  at,
  edited: false,
  retracted: false,
  editable: false,
  delivery: null,
  error: null,
  ...extra,
});

export const appState = (extra: Partial<AppState> = {}): AppState => ({
  version: '0.1.0',
  platform: 'linux',
  locale: 'en',
  hourCycle: 'h23',
  settings: defaultSettings,
  keyring: 'ok',
  tray: true,
  chatWindows: [],
  quietUntil: null,
  canFlash: false,
  spelling: { languages: ['de', 'en-GB', 'en-US'], missing: [] },
  accounts: [
    {
      account: {
        id: accountId,
        jid: 'juliet@example.org',
        options: {
          server: null,
          resource: null,
          priority: 5,
          mechanism: null,
          startInvisible: false,
          rememberPassword: true,
          signInAtStart: true,
        },
      },
      connection: noConnection,
      presence: { kind: 'online', status: null },
      absence: null,
      devices: [],
      history: 'kept',
      archive: { is: 'current' },
      upload: { is: 'offered', maxBytes: 10_485_760 },
    },
  ],
  ...extra,
});

export interface FakeMain {
  /** Every call that the window made. */
  readonly calls: { readonly name: string; readonly args: Record<string, unknown> }[];
  /** What a call answers; by default `done`. */
  answer(name: string, answer: (args: Record<string, unknown>) => unknown): void;
  snapshot(name: string, change: number, value: unknown): void;
  /** Sends events in the next batch; `batch` overrides its number, which makes a hole. */
  tell(change: number, events: readonly AppEvent[], batch?: number): void;
}

/** The other side of the bridge: answers as main would, at once or when the test says so. */
export const fakeMain = (): FakeMain => {
  const answers = new Map<string, (args: Record<string, unknown>) => unknown>();
  const listeners = new Set<(batch: EventBatch) => void>();
  const calls: FakeMain['calls'] = [];
  let last = 0;
  const api: Bridge = {
    call: (name, args) => {
      const given = structuredClone(args) as Record<string, unknown>;
      calls.push({ name, args: given });
      return Promise.resolve(answers.get(name)?.(given) ?? done);
    },
    hasPath: () => true,
    addFiles: (account, peer, files) => api.call('file.add', { account, peer, files: files.length }),
    onBatch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    letGo: () => undefined,
  };
  vi.stubGlobal('window', { api, innerWidth: 1280, addEventListener: () => undefined });
  return {
    calls,
    answer: (name, answer) => void answers.set(name, answer),
    snapshot: (name, change, value) =>
      void answers.set(name, (): Outcome<unknown> => ({ ok: true, value: { change, value } })),
    tell: (change, events, batch) => {
      last = batch ?? last + 1;
      for (const listener of listeners)
        listener({ batch: last, events: events.map((event) => ({ change, event })) });
    },
  };
};

/** A promise that the test keeps. */
export const later = <T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } => {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((take) => {
    resolve = take;
  });
  return { promise, resolve };
};
