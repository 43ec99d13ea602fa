import { join } from 'node:path';
import type { Access } from './aws-json/access.ts';
import { planBuckets } from './buckets.ts';
import type { Clock } from './clock.ts';
import type { DataFolder } from './data-folder.ts';
import { planTables } from './dynamodb/plan.ts';
import { startLocalDynamoDb } from './dynamodb/server.ts';
import { type EventsPlan, planEvents } from './events/plan.ts';
import { type LocalEventBridge, startLocalEventBridge } from './events/server.ts';
import { targetsOf } from './events/targets.ts';
import { openFaultLog, type ReportFault } from './fault-log.ts';
import { shareOffset } from './functions/clock-offset.ts';
import { createFunctions } from './functions/functions.ts';
import { planFunctions } from './functions/plan.ts';
import type { Invocation } from './functions/types.ts';
import { AccessDenied } from './iam/access-denied.ts';
import { explain } from './listener.ts';
import { notifyQueues } from './queues/notify.ts';
import { planQueues } from './queues/plan.ts';
import { openQueues } from './queues/queues.ts';
import { startConsumers } from './queues/start-consumers.ts';
import { type Authorize, createAuthorize } from './roles/authorize.ts';
import { checkEventSources } from './roles/event-sources.ts';
import { checkNotificationTargets, mayNotify } from './roles/notifications.ts';
import type { Judge } from './roles/queue-calls.ts';
import { planRights, type Rights } from './roles/rights.ts';
import { checkRuleTargets } from './roles/rule-targets.ts';
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
  /** An event of an AWS service, on the default bus. */
  readonly putServiceEvent: LocalEventBridge['putServiceEvent'];
  /** Looks at queues, rotations and schedules again; needed after an injected clock was moved. */
  wake(): void;
  /** Resolves when the rules have delivered what was due, and functions that they invoked have ended. */
  settled(): Promise<void>;
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
  (authorize: Authorize, report: ReportFault): Access['authorize'] =>
  (request) => {
    const decision = authorize(request, request.resource);
    if (!decision.allowed) report('A call was refused', new AccessDenied(request, decision));
    return decision;
  };

/** What AWS checks when a template is deployed, or what nothing but silence would tell of later. */
const checkTemplate = (template: Template, planned: Rights, events: EventsPlan, judge: Judge): void => {
  checkTrust(template, planned.roles);
  checkNotificationTargets(template, judge);
  checkEventSources(template, judge);
  checkRuleTargets(template, events, judge);
};

/** Starts queues, S3, DynamoDB, Secrets Manager, EventBridge, functions and the mappings between them, as the template says. */
export const startServices = async (template: Template, options: ServiceOptions): Promise<Services> => {
  const { folder, clock, cleanup, s3Port } = options;
  const planned = planRights(template);
  const { credentialsOf, find: credentials } = planSessions(template, planned.roles, folder.secret);
  const authorize = createAuthorize(() => options.rights?.(planned) ?? planned, clock.now());
  const judge = { authorize, clock };
  const eventsPlan = planEvents(template);
  checkTemplate(template, planned, eventsPlan, judge);
  const logDirectory = join(folder.directory, 'logs');
  const report = openFaultLog(logDirectory);
  const access = { region: regionOf(template), credentials, authorize: telling(authorize, report), clock };

  const queues = openQueues(planQueues(template), join(folder.directory, 'queues.sqlite'), clock);
  cleanup.defer(() => queues.close());

  const dynamodb = await startLocalDynamoDb({
    dataDirectory: join(folder.directory, 'dynamodb'),
    tables: planTables(template),
    ...access,
  });
  cleanup.defer(() => dynamodb.close());

  const secretsManager = await startLocalSecretsManager({
    file: join(folder.directory, 'secrets.sqlite'),
    secrets: planSecrets(template),
    ...access,
  });
  cleanup.defer(() => secretsManager.close());

  const eventBridge = await startLocalEventBridge({
    file: join(folder.directory, 'events.sqlite'),
    logFile: join(logDirectory, 'events.log'),
    plan: eventsPlan,
    report,
    ...access,
  });
  cleanup.defer(() => eventBridge.close());

  const s3 = await startLocalS3({
    dataDirectory: join(folder.directory, 's3'),
    port: s3Port,
    region: regionOf(template),
    buckets: planBuckets(template),
    account: accountOf(template),
    credentials,
    authorize: (request, bucket) => authorize(request, bucket?.name, bucket?.policy && [bucket.policy.compiled]),
    mayNotify: (bucketName, queueArn) => mayNotify(template, bucketName, queueArn, judge),
    deliver: notifyQueues(template, { queues, judge, report }),
    report,
    clock,
    ...(options.control && { control: options.control }),
  }).catch((cause: unknown) => {
    throw explain(s3Port, cause, ', where S3 would be,');
  });
  cleanup.defer(() => s3.close());

  const endpoints = {
    s3: s3.origin,
    dynamodb: dynamodb.origin,
    secretsManager: secretsManager.origin,
    eventBridge: eventBridge.origin,
  };
  const plan = planFunctions(template, credentialsOf, endpoints);
  const clockOffset = shareOffset(clock);
  const find = createFunctions(template, plan, { logDirectory, cleanup, clockOffset });

  const consumers = startConsumers(template, { queues, find, judge, clock, report });
  for (const consumer of consumers) cleanup.defer(() => consumer.close());

  const invoke: Services['invoke'] = (functionArn, event) => find(functionArn).lambda.invoke(event);
  const rotations = startRotations(secretsManager.secrets, { clock, invoke, report });
  cleanup.defer(() => rotations.close());

  const rules = eventBridge.start(targetsOf(template, eventsPlan, { queues, invoke, judge }));
  cleanup.defer(() => rules.close());

  return {
    s3,
    invoke,
    putServiceEvent: eventBridge.putServiceEvent,
    settled: rules.settled,
    wake: () => {
      clockOffset?.update();
      rotations.wake();
      rules.wake();
      for (const consumer of consumers) consumer.wake();
    },
  };
};
