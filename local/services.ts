import { join } from 'node:path';
import { planBuckets } from './buckets.ts';
import type { Clock } from './clock.ts';
import type { DataFolder } from './data-folder.ts';
import { planTables } from './dynamodb/plan.ts';
import { startLocalDynamoDb } from './dynamodb/server.ts';
import { openFaultLog, type ReportFault } from './fault-log.ts';
import { createFunctions } from './functions/functions.ts';
import { planFunctions } from './functions/plan.ts';
import type { Invocation } from './functions/types.ts';
import { AccessDenied } from './iam/access-denied.ts';
import { explain } from './listener.ts';
import { startConsumer } from './queues/consumer.ts';
import { guardQueue } from './queues/guarded-queue.ts';
import { planConsumers, planQueues } from './queues/plan.ts';
import { openQueues } from './queues/queues.ts';
import { type Authorize, createAuthorize } from './roles/authorize.ts';
import { checkEventSources } from './roles/event-sources.ts';
import { checkNotificationTargets, mayNotify, notifyingBucket } from './roles/notifications.ts';
import { demandOfNotification, demandOfPoller } from './roles/queue-calls.ts';
import { planRights, type Rights } from './roles/rights.ts';
import { planSessions } from './roles/sessions.ts';
import { checkTrust } from './roles/trust.ts';
import type { LocalS3, LocalS3Options } from './s3/configuration.ts';
import { startLocalS3 } from './s3/server.ts';
import { planSecrets } from './secrets/plan.ts';
import { startRotations } from './secrets/rotation.ts';
import { startLocalSecretsManager } from './secrets/server.ts';
import { TemplateError } from './template/errors.ts';
import type { ResourceOf, Template } from './template/template.ts';

/** Everything behind the API. */
export interface Services {
  readonly s3: LocalS3;
  invoke(functionArn: string, event: unknown): Promise<Invocation>;
  /** Looks at queues and rotations again; needed after an injected clock was moved. */
  wake(): void;
}

export interface ServiceOptions {
  readonly folder: DataFolder;
  /** Of S3; 0 for any free one. */
  readonly s3Port: number;
  /** Of the control surface of S3. @default - there is none */
  readonly control?: LocalS3Options['control'] | undefined;
  readonly clock: Clock;
  /** Stands between what the template says of rights and every question about one. @default - nothing does */
  readonly rights?: ((planned: Rights) => Rights) | undefined;
  /** Things to undo at the end, in reverse order. */
  readonly cleanup: AsyncDisposableStack;
}

const bucketOf = (template: Template): ResourceOf<'AWS::S3::Bucket'> => {
  const [bucket] = template.all('AWS::S3::Bucket');
  if (bucket === undefined) throw new TemplateError('The template has no bucket.');
  return bucket;
};

const regionOf = (template: Template): string => bucketOf(template).region;
const accountOf = (template: Template): string => bucketOf(template).account;

/** Says of every call that is refused who may not do what: a function may keep to itself what it was told. */
const telling =
  (authorize: Authorize, report: ReportFault): Authorize =>
  (request, resourceName) => {
    const decision = authorize(request, resourceName);
    if (!decision.allowed) report('A call was refused', new AccessDenied(request, decision));
    return decision;
  };

/** Starts queues, S3, DynamoDB, Secrets Manager, functions and the mappings between them, as the template says. */
export const startServices = async (template: Template, options: ServiceOptions): Promise<Services> => {
  const { folder, clock, cleanup, s3Port } = options;
  const planned = planRights(template);
  const { credentialsOf, find: credentials } = planSessions(template, planned.roles, folder.secret);
  const authorize = createAuthorize(() => options.rights?.(planned) ?? planned, clock.now());
  const judge = { authorize, clock };
  checkTrust(template, planned.roles);
  checkNotificationTargets(template, judge);
  checkEventSources(template, judge);
  const logDirectory = join(folder.directory, 'logs');
  const report = openFaultLog(logDirectory);

  const queues = openQueues(planQueues(template), join(folder.directory, 'queues.sqlite'), clock);
  cleanup.defer(() => queues.close());

  const dynamodb = await startLocalDynamoDb({
    dataDirectory: join(folder.directory, 'dynamodb'),
    region: regionOf(template),
    tables: planTables(template),
    credentials,
    authorize: telling(authorize, report),
  });
  cleanup.defer(() => dynamodb.close());

  const secretsManager = await startLocalSecretsManager({
    file: join(folder.directory, 'secrets.sqlite'),
    region: regionOf(template),
    secrets: planSecrets(template),
    credentials,
    authorize: (request) => telling(authorize, report)(request, request.resource),
    clock,
  });
  cleanup.defer(() => secretsManager.close());

  const s3 = await startLocalS3({
    dataDirectory: join(folder.directory, 's3'),
    port: s3Port,
    region: regionOf(template),
    buckets: planBuckets(template),
    account: accountOf(template),
    credentials,
    authorize: (request, bucket) => authorize(request, bucket?.name, bucket?.policy && [bucket.policy.compiled]),
    mayNotify: (bucketName, queueArn) => mayNotify(template, bucketName, queueArn, judge),
    deliver: async ({ queueArn, body }) => {
      try {
        demandOfNotification(notifyingBucket(template, body), queueArn, judge);
        queues.get(queueArn).send(body);
      } catch (cause) {
        report(`An event of S3 could not be put into ${queueArn}; it is tried again`, cause);
        throw cause;
      }
    },
    report,
    clock,
    ...(options.control && { control: options.control }),
  }).catch((cause: unknown) => {
    throw explain(s3Port, cause, ', where S3 would be,');
  });
  cleanup.defer(() => s3.close());

  const endpoints = { s3: s3.origin, dynamodb: dynamodb.origin, secretsManager: secretsManager.origin };
  const plan = planFunctions(template, credentialsOf, endpoints);
  const find = createFunctions(template, plan, { logDirectory, cleanup });

  const consumers = planConsumers(template).map((plan) => {
    const { resource, lambda } = find(plan.functionName);
    const queue = guardQueue(queues.get(plan.queueArn), (action) =>
      demandOfPoller(resource, plan.queueArn, action, judge),
    );
    const consumer = startConsumer(plan, queue, (event) => lambda.invoke(event), clock, report);
    cleanup.defer(() => consumer.close());
    return consumer;
  });

  const invoke: Services['invoke'] = (functionArn, event) => find(functionArn).lambda.invoke(event);
  const rotations = startRotations(secretsManager.secrets, { clock, invoke, report });
  cleanup.defer(() => rotations.close());

  return {
    s3,
    invoke,
    wake: () => {
      rotations.wake();
      for (const consumer of consumers) consumer.wake();
    },
  };
};
