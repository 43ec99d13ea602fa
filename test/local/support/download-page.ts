import { createClient } from '../../../client/index.ts';

export interface DownloadedInPage {
  /** Of the file while the download ran, and after it. */
  readonly sizeBytesBefore: number | undefined;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Runs in a page: downloads a document to a file of the page's own file system. */
globalThis.downloadInPage = async (bearer, documentId) => {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle('scan.pdf', { create: true });
  const sizes: number[] = [];
  const client = createClient({ baseUrl: location.origin, token: () => bearer });
  await client.downloadTo(documentId, await handle.createWritable(), {
    onProgress: async () => sizes.push((await handle.getFile()).size),
  });
  const bytes = await (await handle.getFile()).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { sizeBytesBefore: sizes[0], sizeBytes: bytes.byteLength, sha256 };
};

declare global {
  var downloadInPage: (bearer: string, documentId: string) => Promise<DownloadedInPage>;
}
