import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { FunctionName } from '../../contract/functions.ts';
import type { Clock } from '../../local/clock.ts';
import { roleNameOf } from '../../local/functions/plan.ts';
import { planRoles } from '../../local/roles/plan.ts';
import { planSessions } from '../../local/roles/sessions.ts';
import { signingBy } from './clock.ts';
import type { TestCloud } from './cloud.ts';

/** S3 with the credentials of a function, as whoever stole them has it. */
export const withRole = async <Result>(
  { template, dataDirectory, s3Origin }: TestCloud,
  clock: Clock,
  functionName: FunctionName,
  work: (client: S3Client, bucketName: string) => Promise<Result>,
): Promise<Result> => {
  const lambda = template
    .all('AWS::Lambda::Function')
    .find((resource) => roleNameOf(resource).endsWith(`-local-${functionName}`));
  const [bucket] = template.all('AWS::S3::Bucket').filter(({ ref }) => ref.includes('-documents-'));
  if (lambda === undefined || bucket === undefined)
    throw new Error(`The template has no bucket or no ${functionName}.`);
  const secret = readFileSync(join(dataDirectory, 'secret'), 'utf8');
  const credentials = planSessions(template, planRoles(template), secret).credentialsOf(roleNameOf(lambda), lambda.ref);
  if (credentials === undefined) throw new Error(`${functionName} has no role.`);
  const config = { endpoint: s3Origin, forcePathStyle: true, region: lambda.region, credentials };
  const client = signingBy(clock, new S3Client({ ...config, maxAttempts: 1 }));
  try {
    return await work(client, bucket.ref);
  } finally {
    client.destroy();
  }
};
