import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import type { Clock } from '../../local/clock.ts';
import { roleNameOf } from '../../local/functions/plan.ts';
import { planRoles } from '../../local/roles/plan.ts';
import { planSessions } from '../../local/roles/sessions.ts';
import { signingBy } from './clock.ts';
import type { TestCloud } from './cloud.ts';

/** S3 with the rights of the sweeper, which is the only one that lists and removes versions. */
const withSweeper = async <Result>(
  { template, dataDirectory, s3Origin }: TestCloud,
  clock: Clock,
  work: (client: S3Client, bucketName: string) => Promise<Result>,
): Promise<Result> => {
  const lambda = template.all('AWS::Lambda::Function').find((resource) => roleNameOf(resource).endsWith('-sweep'));
  const { BUCKET_NAME: bucketName = '' } = lambda?.config.Environment?.Variables ?? {};
  if (lambda === undefined) throw new Error('The template has no sweeper.');
  const secret = readFileSync(join(dataDirectory, 'secret'), 'utf8');
  const credentials = planSessions(template, planRoles(template), secret).credentialsOf(roleNameOf(lambda), lambda.ref);
  if (credentials === undefined) throw new Error('The sweeper has no role.');
  const config = { endpoint: s3Origin, forcePathStyle: true, region: lambda.region, credentials };
  const client = signingBy(clock, new S3Client(config));
  try {
    return await work(client, bucketName);
  } finally {
    client.destroy();
  }
};

/** How many versions of a document S3 has, delete markers included. */
export const countVersions = (cloud: TestCloud, clock: Clock, documentId: string): Promise<number> =>
  withSweeper(cloud, clock, async (client, Bucket) => {
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    return [...Versions, ...DeleteMarkers].filter(({ Key }) => Key?.includes(documentId)).length;
  });

/** Removes a version behind the back of everybody. */
export const removeVersion = async (
  cloud: TestCloud,
  clock: Clock,
  { key, versionId }: { readonly key: string; readonly versionId: string },
): Promise<void> => {
  await withSweeper(cloud, clock, (client, Bucket) =>
    client.send(new DeleteObjectCommand({ Bucket, Key: key, VersionId: versionId })),
  );
};
