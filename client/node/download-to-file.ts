import type { Document } from '../../contract/schemas/document.ts';
import type { Client } from '../create-client.ts';
import type { DownloadOptions } from '../download/transfer.ts';
import { fileTarget } from './file-target.ts';

/**
 * Downloads a document to `path`, in the place of what may be there; only this user may read it. The name is given when
 * all bytes are there and verified, never before. What breaks off, by a crash too, goes on where it stopped when it is
 * called again: until then `path` + `.part` and `.part.json` stay. Rejects with a `SealdropError`, among them `FileError`
 * of reason `no-space` or `unwritable`, or with the reason of the aborted signal.
 *
 * @example
 * await downloadToFile(client, document.id, '/srv/inbox/report.pdf', { onProgress: ({ secondsLeft }) => show(secondsLeft) });
 */
export const downloadToFile = (
  client: Client,
  documentId: string,
  path: string,
  options: DownloadOptions = {},
): Promise<Document> => client.downloadTo(documentId, fileTarget(path), options);
