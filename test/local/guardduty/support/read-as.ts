import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { FunctionName } from '../../../../contract/functions.ts';
import { roleNameOf } from '../../../../local/functions/plan.ts';
import { planRoles } from '../../../../local/roles/plan.ts';
import { planSessions } from '../../../../local/roles/sessions.ts';
import type { ResourceOf, Template } from '../../../../local/template/template.ts';
import type { TestCloud } from '../../../support/cloud.ts';

/** By its role, which has a name of its own. */
export const functionOf = (template: Template, name: FunctionName): ResourceOf<'AWS::Lambda::Function'> => {
  const lambda = template.all('AWS::Lambda::Function').find((resource) => roleNameOf(resource).endsWith(`-${name}`));
  if (lambda === undefined) throw new Error(`The template has no function ${name}.`);
  return lambda;
};

/** Reads one version by a link that is signed with the credentials of a function, whatever its code would say. */
export async function readAs(
  { template, dataDirectory, s3Origin }: TestCloud,
  name: FunctionName,
  { path, versionId }: { readonly path: string; readonly versionId: string },
): Promise<{ readonly status: number; readonly text: string }> {
  const lambda = functionOf(template, name);
  const secret = readFileSync(join(dataDirectory, 'secret'), 'utf8');
  const { credentialsOf } = planSessions(template, planRoles(template), secret);
  const credentials = credentialsOf(roleNameOf(lambda), lambda.ref);
  if (credentials === undefined) throw new Error(`${name} has no role.`);
  const [, Bucket = '', ...key] = path.split('/').map(decodeURIComponent);
  const client = new S3Client({ endpoint: s3Origin, forcePathStyle: true, region: lambda.region, credentials });
  const command = new GetObjectCommand({ Bucket, Key: key.join('/'), VersionId: versionId });
  const response = await fetch(await getSignedUrl(client, command, { expiresIn: 60 }));
  return { status: response.status, text: await response.text() };
}
