import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Ports } from '../../src-main/ports';
import { CAPABILITIES } from '../servers/capabilities';
import { sharedServers } from '../servers/shared';
import { startCore } from '../support/core';
import { pngOf } from '../support/pictures';
import { uploadsOf } from './files-support';
import { atEnd, signedIn } from './support';

const picture = new Uint8Array(pngOf(64, [40, 90, 160]));

/** As versions before this one kept what was pasted: open. */
const keptOpen = (ports: Ports): Ports => ({
  ...ports,
  transfer: {
    ...ports.transfer,
    copies: {
      ...ports.transfer.copies,
      async keep(account, id, name, key, bytes) {
        const path = join(
          dirname(dirname(await ports.transfer.copies.keep(account, id, name, key, bytes))),
          id,
          name,
        );
        await writeFile(path, bytes);
        return path;
      },
    },
  },
});

describe.each(sharedServers().filter((kind) => CAPABILITIES[kind].upload))(
  'a pasted picture that waits, on %s',
  (kind) => {
    it.each([
      ['sealed', undefined],
      ['open, as earlier versions kept it', keptOpen],
    ])('%s, is there over a restart and goes, and what nobody waits for is gone', async (_, spoil) => {
      const pair = await signedIn(kind, {}, spoil ? { spoil } : {});
      const { juliet, account, romeo, romeoAccount } = pair;
      await juliet.waitForState(({ upload }) => upload.is === 'offered', 'an upload service');
      await juliet.ask('presence.set', { account, kind: 'offline', status: null });
      const peer = romeoAccount.jid;
      await juliet.ask('file.addBytes', { account, peer, name: 'pasted.png', bytes: picture, answers: null });
      const folder = join(juliet.dir, 'uploads', account);
      const [id = ''] = await readdir(folder);
      const files = await readdir(join(folder, id));
      const [kept = ''] = files.filter((name) => spoil === undefined || !name.endsWith('.sealed'));
      // On the disk it is nobody else's.
      expect((await readFile(join(folder, id, kept))).includes(Buffer.from(picture))).toBe(
        spoil !== undefined,
      );
      await juliet.stop(true);
      // Of an app that died before it could note it.
      const left = join(folder, 'left');
      await mkdir(left);
      await writeFile(join(left, 'pasted.png'), picture);

      const again = await startCore({ dir: juliet.dir, secrets: juliet.secrets });
      atEnd(() => again.stop());
      await again.until(() => (existsSync(left) ? null : true), 'what nobody waits for is gone');
      await again.ask('presence.set', { account, kind: 'online', status: null });
      const xml = await romeo.waitForRaw((raw) => raw.includes('jabber:x:oob'));
      const url = /<url>([^<]+)</.exec(xml)?.[1] ?? '';
      expect(new Uint8Array(await (await fetch(url)).arrayBuffer())).toEqual(picture);
      const next = { juliet: again, account };
      await again.until(async () => ((await uploadsOf(next)).length === 0 ? true : null), 'an empty queue');
      await again.until(() => (existsSync(join(folder, id)) ? null : true), 'its copy is gone');
    });
  },
);
