import { createClient } from '../../client/index.ts';

/** Uploads a file a person chose, shows how far it is, and says how it ended. */
export async function uploadAndReport(file: File, accessToken: string, signal: AbortSignal): Promise<string> {
  const client = createClient({ baseUrl: 'http://127.0.0.1:8080', token: () => accessToken });
  const document = await client.upload(file, {
    signal,
    onProgress: ({ phase, fraction }) => console.log(phase, `${Math.round(fraction * 100)} %`),
  });
  return document.rejection?.detail ?? `${document.fileName} is ${document.state}.`;
}
