import { randomUUID } from 'node:crypto';
import { access, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ExportFile, Files, Log } from '../ports';
import { describeError } from './describe-error';
import { createExportFile } from './export-file';

/** Begins exports and downloads, and knows of each where its part lies: what was begun when the app was killed goes at its next start. */
export interface ExportParts {
  /** Removes what an earlier run left. Never rejects. */
  sweep(): Promise<void>;
  /** Rejects when the file cannot be made. */
  begin(path: string): Promise<ExportFile>;
}

const NAME = 'export-parts.json';
/** Of disks that are never there again. */
const MOST = 50;
/** Nothing else is removed, whatever the list says. */
const PART = /^\..+\.[0-9a-f-]{36}\.part$/su;

export const createExportParts = (files: Files, log: Log): ExportParts => {
  const noted = (error: unknown): void => {
    log.warn('export-parts', describeError(error));
  };
  const read = async (): Promise<readonly string[]> => {
    try {
      const list: unknown = JSON.parse((await files.read(NAME)) ?? '[]');
      return Array.isArray(list) ? list.filter((path) => typeof path === 'string') : [];
    } catch (error) {
      noted(error);
      return [];
    }
  };
  let turn: Promise<void> = Promise.resolve();
  /** One change after the other. A disk that does not take the list keeps nobody from an export to another one. */
  const change = (work: (list: readonly string[]) => Promise<readonly string[]>): Promise<void> => {
    turn = turn
      .then(async () => {
        const before = await read();
        const after = (await work(before)).slice(-MOST);
        if (after.join('\0') !== before.join('\0')) await files.write(NAME, JSON.stringify(after));
      })
      .catch(noted);
    return turn;
  };
  /** False: its disk is not there, or refuses. */
  const isGone = async (path: string): Promise<boolean> => {
    if (!PART.test(basename(path))) return true;
    try {
      await access(dirname(path));
      await rm(path, { force: true });
      return true;
    } catch {
      return false;
    }
  };
  return {
    sweep: () =>
      change(async (list) => {
        const left: string[] = [];
        for (const path of list) if (!(await isGone(path))) left.push(path);
        return left;
      }),
    async begin(path) {
      const part = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
      const forget = (): Promise<void> =>
        change((list) => Promise.resolve(list.filter((one) => one !== part)));
      // Before it is there: whatever ends the app from now on.
      await change((list) => Promise.resolve([...list, part]));
      const file = await createExportFile(path, part).catch(async (error: unknown) => {
        await forget();
        throw error;
      });
      return {
        ...file,
        async finish() {
          await file.finish();
          await forget();
        },
        async discard() {
          await file.discard();
          await forget();
        },
      };
    },
  };
};
