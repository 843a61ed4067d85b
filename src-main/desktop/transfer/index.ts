import type { Transfer } from '../../ports';
import { systemTrust, type Trust } from '../http';
import { getFile } from './get-file';
import { createCopies, lookAtFile, prepareFile } from './local-file';
import { getPage } from './page';
import { putFile } from './put-file';
import { openPieces } from './read-pieces';

/**
 * Files of the user's, and the way to the server and back.
 *
 * @param copies folder for what has no file of its own
 * @param trust which certificates are good: those that this system trusts
 */
export const createTransfer = (copies: string, trust: () => Trust = systemTrust): Transfer => ({
  look: lookAtFile,
  prepare: prepareFile,
  copies: createCopies(copies),
  open: openPieces,
  put: (request, signal, onSent) => putFile(request, trust(), signal, onSent),
  get: (request, signal) => getFile(request, trust(), signal),
  page: (request, signal) => getPage(request, trust(), signal),
});
