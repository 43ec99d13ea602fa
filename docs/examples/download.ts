import { createClient, downloadToFile } from '../../client/node.ts';

/** Downloads a document of any size to a file; called again after whatever went wrong, it goes on where it stopped. */
export async function fetchToFile(documentId: string, path: string, accessToken: string): Promise<void> {
  const client = createClient({ baseUrl: 'http://127.0.0.1:8080', token: () => accessToken });
  await downloadToFile(client, documentId, path, {
    onProgress: ({ fraction, secondsLeft }) => console.log(`${Math.round(fraction * 100)} %`, secondsLeft),
  });
}
