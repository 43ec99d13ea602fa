import { createHmac } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OperatorAccess, operatorFileName } from '../contract/operator.ts';
import type { Access } from './aws-json/access.ts';
import { homeOfBuckets } from './buckets.ts';
import type { Clock } from './clock.ts';
import type { DataFolder } from './data-folder.ts';
import { evaluate } from './iam/evaluate.ts';
import { compilePolicy } from './iam/policy.ts';
import { planQueues } from './queues/plan.ts';
import type { Queues } from './queues/queues.ts';
import { startLocalSqs } from './queues/sqs/server.ts';
import type { Rights } from './roles/rights.ts';
import type { Template } from './template/template.ts';

export interface OperatorOptions {
  readonly folder: DataFolder;
  readonly queues: Queues;
  readonly rights: () => Rights;
  readonly clock: Clock;
  /** Things to undo at the end, in reverse order. */
  readonly cleanup: AsyncDisposableStack;
}

/** Whoever may read the data folder may do with the queues what they like. */
const operatorPolicy = compilePolicy(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] },
  'operator',
);

/** Keys from the data folder's secret, the same after a restart and in no other folder. */
const operatorKeys = (secret: string) => {
  const derive = (purpose: string) => createHmac('sha256', secret).update(`operator\n${purpose}`).digest();
  return {
    accessKeyId: `AKIA${derive('access key id').toString('hex').slice(0, 16).toUpperCase()}`,
    secretAccessKey: derive('secret access key').toString('base64').slice(0, 40),
  };
};

/** The policies of the queues hold for operators too. */
const authorizeOperator =
  (rights: () => Rights): Access['authorize'] =>
  (request) =>
    evaluate(request, {
      identityPolicies: [operatorPolicy],
      resourcePolicies: rights().resourcePolicies.get(request.resource) ?? [],
    });

/** Opens SQS to the commands of operators, and leaves in the data folder, for its owner only, what they need. */
export const openToOperators = async (template: Template, options: OperatorOptions): Promise<void> => {
  const { folder, queues, rights, clock, cleanup } = options;
  const { account, region } = homeOfBuckets(template);
  const keys = operatorKeys(folder.secret);
  const principal = { arn: `arn:aws:iam::${account}:user/operator`, accountId: account };
  const sqs = await startLocalSqs({
    region,
    queues: planQueues(template).map(({ arn }) => queues.get(arn)),
    clock,
    credentials: (accessKeyId) =>
      accessKeyId === keys.accessKeyId ? { principal, secretAccessKey: keys.secretAccessKey } : undefined,
    authorize: authorizeOperator(rights),
  });
  cleanup.defer(() => sqs.close());
  const access: OperatorAccess = { sqsOrigin: sqs.origin, account, region, ...keys };
  const file = join(folder.directory, operatorFileName);
  // A file that is there already would keep its mode.
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 });
  cleanup.defer(() => rmSync(file, { force: true }));
};
