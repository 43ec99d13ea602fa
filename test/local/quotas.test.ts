import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoQuotas } from '../../lambdas/adapters/dynamodb/quotas.ts';
import type { Quotas } from '../../lambdas/ports.ts';
import { roleNameOf } from '../../local/functions/plan.ts';
import { findPerson } from '../../local/identity/people.ts';
import { planRoles } from '../../local/roles/plan.ts';
import { planSessions } from '../../local/roles/sessions.ts';
import { defaultProfile } from '../../profiles/default.ts';
import { apiOf } from '../support/api.ts';
import { shiftedClock, signingBy } from '../support/clock.ts';
import { startTestCloud, type TestCloud } from '../support/cloud.ts';
import { makePdf } from '../support/scanned-files.ts';

const clock = shiftedClock();
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock });
}, 120_000);
afterAll(() => cloud.close());

/** The counters, with the rights of the sweeper. */
const countersOf = ({ template, dataDirectory, dynamodbOrigin: endpoint }: TestCloud): Quotas => {
  const lambda = template.all('AWS::Lambda::Function').find((resource) => roleNameOf(resource).endsWith('-sweep'));
  if (lambda === undefined) throw new Error('The template has no sweeper.');
  const { TABLE_NAME: tableName = '' } = lambda.config.Environment?.Variables ?? {};
  const secret = readFileSync(join(dataDirectory, 'secret'), 'utf8');
  const credentials = planSessions(template, planRoles(template), secret).credentialsOf(roleNameOf(lambda), lambda.ref);
  if (credentials === undefined) throw new Error('The sweeper has no role.');
  const raw = signingBy(clock, new DynamoDBClient({ endpoint, region: lambda.region, credentials }));
  const client = DynamoDBDocumentClient.from(raw);
  return dynamoQuotas({ client, onceClient: client, tableName });
};

const passTime = async (hours: number): Promise<void> => {
  clock.advance(hours * 3_600_000);
  cloud.wake();
  await cloud.settled();
};

it('who is at the quota declares nothing more; what was counted too much is found by the sweeper a day later', async () => {
  const quotas = countersOf(cloud);
  const { tenantId, subjectId: ownerId } = findPerson('patient-north') ?? { tenantId: '', subjectId: '' };
  const user = { tenantId, ownerId };
  const content = await makePdf();
  await (await apiOf(cloud, 'patient-north')).upload(content);
  const counter = await quotas.find(user);
  expect(counter).toMatchObject({ documents: 1, sizeBytes: content.length });

  // As if functions had died between counting and writing, again and again.
  const documents = defaultProfile.quota?.user?.documentsMax ?? 0;
  if (counter !== undefined) await quotas.settle(counter, { documents, sizeBytes: content.length });
  await quotas.touch(user, clock.now());
  const refused = (await apiOf(cloud, 'patient-north')).declare(content);
  await expect(refused).rejects.toThrow(/ 409: .*quota-exceeded.*"scope":"user","documents":10000,/s);

  await passTime(25);
  expect(await quotas.find(user)).toMatchObject({ documents: 1, sizeBytes: content.length });
  // The tenant's is recounted after its users'.
  await passTime(1);
  await (await apiOf(cloud, 'patient-north')).declare(content);
  expect(await quotas.find({ tenantId })).toMatchObject({ documents: 2, sizeBytes: 2 * content.length });
}, 60_000);
