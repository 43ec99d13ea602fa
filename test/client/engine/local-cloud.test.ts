import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Client,
  createClient,
  createServiceClient,
  openSource,
  type PutRequest,
  type Transport,
} from '../../../client/node.ts';
import { nodeTransport } from '../../../client/transport/node-http.ts';
import { apiOf } from '../../support/api.ts';
import { startTestCloud, type TestCloud } from '../../support/cloud.ts';

const MiB = 1024 ** 2;

let cloud: TestCloud;
let folder: string;
beforeAll(async () => {
  cloud = await startTestCloud({});
  folder = await mkdtemp(join(tmpdir(), 'sealdrop-engine-'));
}, 120_000);
afterAll(async () => {
  await cloud.close();
  await rm(folder, { recursive: true });
});

/** A PDF as far as its first bytes tell, and no part of it like another. */
const contentOf = (sizeBytes: number): Buffer => {
  const bytes = Buffer.alloc(sizeBytes);
  for (let at = 0; at + 4 <= sizeBytes; at += 4) bytes.writeUInt32LE((at * 2654435761) % 2 ** 32, at);
  bytes.write('%PDF-1.7\n');
  return bytes;
};

const clientOf = async (transport: Transport = nodeTransport): Promise<Client> => {
  const token = await cloud.identity.issueToken('clinician-north');
  return createClient({ baseUrl: cloud.origin, token: () => token, transport });
};

const about = { fileName: 'scan.pdf', mediaType: 'application/pdf', metadata: { category: 'reports' } };

describe('a file that goes up in parts, to the local cloud', () => {
  it.each(['sha256', 'crc64nvme'] as const)('arrives as it is, held to its %s', async (integrity) => {
    const path = join(folder, `${integrity}.pdf`);
    const bytes = contentOf(21 * MiB + 5);
    await writeFile(path, bytes);
    const source = await openSource(path);
    const document = await (await clientOf()).upload(source, { ...about, integrity });
    await source.close();
    expect(document).toMatchObject({ state: 'available', sizeBytes: bytes.byteLength });
    const reader = await apiOf(cloud, 'clinician-north');
    expect(Buffer.compare(Buffer.from(await reader.download(document.id)), bytes)).toBe(0);
  });

  it('goes on where it stopped, and sends no part twice', async () => {
    const path = join(folder, 'stopped.pdf');
    await writeFile(path, contentOf(40 * MiB));
    const begun: string[] = [];
    const answered: string[] = [];
    const leaving = new AbortController();
    const counting: Transport = async (request: PutRequest) => {
      const part = new URL(request.url).searchParams.get('partNumber') ?? '';
      begun.push(part);
      const answer = await nodeTransport(request);
      answered.push(part);
      if (answered.length === 2) leaving.abort(new Error('The page is gone.'));
      return answer;
    };
    const client = await clientOf(counting);
    const first = await openSource(path);
    await expect(client.upload(first, { ...about, signal: leaving.signal })).rejects.toThrow('The page is gone.');
    await first.close();
    const finished = answered.splice(0);
    begun.length = 0;
    const second = await openSource(path);
    expect(await client.upload(second, about)).toMatchObject({ state: 'available' });
    await second.close();
    expect(finished).toHaveLength(2);
    // Those whose answers nobody waited for may be there as well.
    expect(begun.length).toBeLessThanOrEqual(3);
    expect(begun.filter((part) => finished.includes(part))).toEqual([]);
  });

  it('leaves nothing where it is cancelled', async () => {
    const client = await clientOf();
    const bytes = contentOf(20 * MiB);
    const ids: string[] = [];
    const handle = client.uploads.add(new Blob([new Uint8Array(bytes)]), {
      ...about,
      onDocument: ({ id }) => ids.push(id),
    });
    while (ids.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await handle.cancel();
    await expect(handle.done).rejects.toThrow('cancelled');
    expect(handle.state).toBe('cancelled');
    await expect(client.call('listParts', { params: { documentId: ids[0] ?? '' } })).rejects.toMatchObject({
      kind: 'upload-ended',
    });
  });

  it('is stored in one call of a back end, which is told where it lies', async () => {
    const token = await cloud.identity.issueToken('service-north');
    const client = createServiceClient({ baseUrl: cloud.origin, token: () => token });
    const stored = await client.putReport(contentOf(17 * MiB), { category: 'reports', retentionClass: 'quarter' });
    expect(stored).toMatchObject({ success: true, state: 'available' });
    expect(stored.key).toMatch(new RegExp(`/${stored.documentId}$`));
  });
});
