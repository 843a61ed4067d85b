/** What can be seen of a file that somebody offers to an account on a server that can send any bytes. */
import { readdir } from 'node:fs/promises';
import type { Message } from '../../src-shared/model/conversation';
import { idOf } from '../support/hostile-server';
import { own, romeo, type HostileAccount } from './hostile-account';

export const IBB = 'http://jabber.org/protocol/ibb';
/** The client that offers files. */
export const sender = `${romeo}/balcony`;
export const iq = (from: string, id: string, payload: string): string =>
  `<iq xmlns='jabber:client' type='set' id='${id}' from='${from}' to='${own}/flint'>${payload}</iq>`;

/** Pieces of an in-band bytestream (XEP-0047) called s1. */
export const open = (size = '8', from = sender): string =>
  iq(from, `open-${size}-${from}`, `<open xmlns='${IBB}' sid='s1' block-size='${size}' stanza='iq'/>`);
export const data = (seq: number, text: string, from = sender): string =>
  iq(
    from,
    `data-${String(seq)}-${from}`,
    `<data xmlns='${IBB}' sid='s1' seq='${String(seq)}'>${text}</data>`,
  );
export const close = (from = sender): string => iq(from, `close-${from}`, `<close xmlns='${IBB}' sid='s1'/>`);
export const base64 = (text: string): string => Buffer.from(text).toString('base64');

export interface OfferedFiles {
  answerTo(id: string): Promise<string>;
  /** The message of the offer that came so many of one after the other. */
  offered(count?: number): Promise<Message>;
  onDisk(): Promise<readonly string[]>;
  /** What the card of the first offer says in the end. */
  what(): Promise<unknown>;
}

export const offeredFiles = (account: () => HostileAccount): OfferedFiles => {
  const offered = async (count = 1): Promise<Message> =>
    account().core.until(
      async () => (await account().messages(romeo))[count - 1],
      'the offer in the conversation',
    );
  return {
    answerTo: (id) =>
      account().core.until(
        () =>
          account().guest.received.find(
            (frame) => /^<iq[^>]* type="(result|error)"/.test(frame) && idOf(frame) === id,
          ),
        `an answer to ${id}`,
      ),
    offered,
    onDisk: async () => (await readdir(account().core.dir)).filter((name) => /letter|passwd/.test(name)),
    async what() {
      const message = await offered();
      return account().core.until(async () => {
        const now = (await account().messages(romeo)).find(({ id }) => id === message.id)?.file?.direct;
        return now?.state === 'failed' || now?.state === 'done' ? now : null;
      }, 'the end of the file');
    },
  };
};
