import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ServerAddress } from '../../servers/server';
import type { FilePeer } from '../file-peer';
import { Inbox } from '../inbox';
import type { FileWay, PeerAccount } from '../peer';
import { installSmack } from './install';

const PROGRAM = join(import.meta.dirname, 'Peer.java');
const WAIT_MS = 60_000;

export interface SmackPeer extends FilePeer {
  readonly jid: string;
  stop(): Promise<void>;
}

/** Smack 4.4 over TCP, signed in as `spark`, that gives and takes files in this way, in a Java process of its own that ends with this one. */
export async function smackPeer(
  server: ServerAddress,
  account: PeerAccount,
  files: FileWay,
): Promise<SmackPeer> {
  const { tcpPort } = server;
  if (tcpPort === undefined) throw new Error(`Smack speaks TCP here, which ${server.kind} does not`);
  const jars = await installSmack();
  const java = spawn('java', ['-XX:TieredStopAtLevel=1', '-cp', join(jars, '*'), PROGRAM], { stdio: 'pipe' });
  const folder = mkdtempSync(join(tmpdir(), 'flint-smack-'));
  const said = new Inbox<readonly string[]>((words) => words.join(' '));
  const ended = new Promise<void>((resolve) => java.once('exit', () => resolve()));
  createInterface({ input: java.stdout }).on('line', (line) => {
    said.push(line.split(' ').map((word) => Buffer.from(word, 'base64').toString('utf8')));
  });
  java.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.push(['complains', text]);
  });
  java.stdin.on('error', () => undefined);
  const tell = (...words: readonly string[]): void => {
    java.stdin.write(`${words.map((word) => Buffer.from(word, 'utf8').toString('base64')).join(' ')}\n`);
  };
  const [name = '', domain = ''] = account.jid.split('@');
  tell(domain, String(tcpPort), name, account.password, files);
  const [, jid = ''] = await said.take('Smack', ([what]) => what === 'ready', WAIT_MS);
  return {
    jid,
    stop: async () => {
      java.stdin.end();
      await ended;
    },
    takesFiles: (how) => {
      tell('takes', how);
      return Promise.resolve();
    },
    offerFile: async (to, file) => {
      const path = join(folder, file.name);
      writeFileSync(path, file.bytes);
      tell('offer', to, path);
      const [, , status] = await said.take(
        'The end of the file',
        ([what, of]) => what === 'sent' && of === path,
        WAIT_MS,
      );
      return status === 'complete' ? null : (status ?? 'unknown');
    },
    waitForFile: async (wanted) => {
      const [, given = '', path = '', status = ''] = await said.take(
        'The file',
        ([what, of]) => what === 'file' && of === wanted,
        WAIT_MS,
      );
      if (status !== 'complete') throw new Error(`Smack says of ${given}: ${status}`);
      return { name: given, bytes: readFileSync(path), hash: null };
    },
  };
}
