import { createClient, downloadToFile } from '../../../../client/node.ts';

/** A process to be killed: downloads `documentId` to `path`, and tells on each line how many bytes are there. */
const [baseUrl = '', documentId = '', path = ''] = process.argv.slice(2);
const client = createClient({ baseUrl, token: () => 'good-token' });
await downloadToFile(client, documentId, path, { onProgress: ({ bytesDone }) => console.log(bytesDone) });
