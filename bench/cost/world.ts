import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { dynamoDocuments } from '../../lambdas/adapters/dynamodb/documents.ts';
import { dynamoQuotas } from '../../lambdas/adapters/dynamodb/quotas.ts';
import { mediaTypeSniffer } from '../../lambdas/adapters/media-type-sniffer.ts';
import { s3MultipartUploads } from '../../lambdas/adapters/s3/multipart-uploads.ts';
import { s3ObjectSigner } from '../../lambdas/adapters/s3/object-signer.ts';
import { s3Objects } from '../../lambdas/adapters/s3/objects.ts';
import { systemClock, uuidV7 } from '../../lambdas/adapters/system.ts';
import { s3Endpoint } from '../../lambdas/signing/endpoint.ts';
import { startStandaloneS3 } from '../../local/s3/standalone.ts';
import { defaultProfile } from '../../profiles/default.ts';
import { startTable } from '../../test/support/dynalite.ts';
import { meterDynamoDb, meterS3 } from './metered-clients.ts';
import type { Meter } from './usage.ts';

const region = 'us-east-1';
const bucket = 'sealdrop-cost';
// Of AWS's documentation; the local S3 knows no others.
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** The real use cases' world: real adapters on the emulators, every call on the meter. */
export const startWorld = async (meter: Meter) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'sealdrop-cost-'));
  const table = await startTable();
  const s3 = await startStandaloneS3({ port: 0, dataDirectory, credentials: [credentials] });
  const client = new S3Client({ endpoint: s3.origin, region, credentials, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  await client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const metered = table.connect();
  meterDynamoDb(metered, table.client, meter);
  meterS3(client, meter);
  return {
    bucket,
    client,
    deps: {
      clock: systemClock,
      ids: uuidV7,
      documents: dynamoDocuments({ client: metered, tableName: table.tableName }),
      quotas: dynamoQuotas({ client: metered, onceClient: metered, tableName: table.tableName }),
      objects: s3Objects(client, bucket),
      uploads: s3MultipartUploads(client, bucket),
      signer: s3ObjectSigner({
        endpoint: s3Endpoint({ bucket, region, endpointUrl: s3.origin }),
        region,
        credentials: () => credentials,
      }),
      storageSettings: { current: async () => ({}) },
      addressOf: (key: string) => `${s3.origin}/${bucket}/${key}`,
      events: { publish: async () => meter.add('eventBridgeEvents') },
      sniffer: mediaTypeSniffer,
      profile: defaultProfile,
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await s3.close();
      await table.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
};

export type World = Awaited<ReturnType<typeof startWorld>>;
