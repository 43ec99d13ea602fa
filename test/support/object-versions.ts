import { DeleteObjectCommand, ListMultipartUploadsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type { Clock } from '../../local/clock.ts';
import type { TestCloud } from './cloud.ts';
import { withRole } from './role-client.ts';

/** How many versions of a document S3 has, delete markers included: the sweeper is the only one who may list them all. */
export const countVersions = (cloud: TestCloud, clock: Clock, documentId: string): Promise<number> =>
  withRole(cloud, clock, 'sweep', async (client, Bucket) => {
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    return [...Versions, ...DeleteMarkers].filter(({ Key }) => Key?.includes(documentId)).length;
  });

/** How many uploads in parts of a document S3 has under way. */
export const countUploads = (cloud: TestCloud, clock: Clock, documentId: string): Promise<number> =>
  withRole(cloud, clock, 'sweep', async (client, Bucket) => {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
    return Uploads.filter(({ Key }) => Key?.includes(documentId)).length;
  });

/** Removes a version behind the back of everybody. */
export const removeVersion = async (
  cloud: TestCloud,
  clock: Clock,
  { key, versionId }: { readonly key: string; readonly versionId: string },
): Promise<void> => {
  await withRole(cloud, clock, 'sweep', (client, Bucket) =>
    client.send(new DeleteObjectCommand({ Bucket, Key: key, VersionId: versionId })),
  );
};
