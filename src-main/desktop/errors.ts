import { app } from 'electron';
import { describeError } from './describe-error';
import type { RotatingLog } from './log';

/** What nobody caught goes to the log, without what it was about (T25). */
export function watchErrors(log: RotatingLog): void {
  process.on('uncaughtException', (error) => {
    log.error('uncaught', describeError(error));
  });
  process.on('unhandledRejection', (error) => {
    log.error('unhandled-rejection', describeError(error));
  });
  app.on('child-process-gone', (_, { type, reason }) => {
    log.warn('process-gone', { type, reason });
  });
}
