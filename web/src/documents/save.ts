import type { Client } from '../../../client/index.ts';

/**
 * Has the browser save a document: it follows a fresh signed link whose answer is an attachment, so the page stays and
 * a file of any size goes to the disk without passing through memory. The link is used at once and kept nowhere.
 */
export async function saveDocument(client: Client, documentId: string): Promise<void> {
  const { url } = await client.call('issueDownload', { params: { documentId } });
  const link = document.createElement('a');
  link.href = url;
  link.rel = 'noreferrer';
  link.click();
}
