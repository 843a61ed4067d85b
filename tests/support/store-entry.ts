/** The store's process in tests: the real entry, and a door for faults that cannot be had from outside. */
import './store-child-port';
import { parentPort } from 'node:worker_threads';
import { served } from '../../src-main/store/process';
import type { Fault } from './store-launcher';

const listen = (run: (message: unknown) => void) => {
  if (parentPort) parentPort.on('message', run);
  else process.on('message', run);
};

listen((message) => {
  const fault = (message as { readonly fault?: Fault }).fault;
  const writer = served.engine()?.writer;
  if (!fault || !writer) return;
  switch (fault.kind) {
    case 'pages':
      writer.exec(`PRAGMA max_page_count = ${fault.most ?? 0xfffffffe}`);
      return;
    case 'read-only':
      writer.exec(`PRAGMA query_only = ${fault.on ? 1 : 0}`);
      return;
    case 'abort':
      // As abort() ends it, without Node's own report.
      process.kill(process.pid, 'SIGABRT');
  }
});
