import { join } from 'node:path';
import { homeOfBuckets } from './buckets.ts';
import { checkTemplate } from './check-template.ts';
import type { Clock } from './clock.ts';
import type { DataFolder } from './data-folder.ts';
import { startDataServices } from './data-services.ts';
import { planEvents } from './events/plan.ts';
import type { LocalEventBridge } from './events/server.ts';
import { targetsOf } from './events/targets.ts';
import { openFaultLog } from './fault-log.ts';
import { shareOffset } from './functions/clock-offset.ts';
import { createFunctions } from './functions/functions.ts';
import { planFunctions } from './functions/plan.ts';
import type { Invocation } from './functions/types.ts';
import { planMalwareProtection } from './guardduty/plan.ts';
import { scanQueue } from './guardduty/scan-request.ts';
import { scanningNewObjects, startGuardDuty } from './guardduty/start.ts';
import { openToOperators } from './operator.ts';
import { notifyQueues } from './queues/notify.ts';
import { planQueues } from './queues/plan.ts';
import { openQueues } from './queues/queues.ts';
import { startConsumers } from './queues/start-consumers.ts';
import { createAuthorize } from './roles/authorize.ts';
import { planRights, type Rights } from './roles/rights.ts';
import { planSessions } from './roles/sessions.ts';
import { telling } from './roles/telling.ts';
import type { LocalS3, LocalS3Options } from './s3/configuration.ts';
import { startRotations } from './secrets/rotation.ts';
import { startStorage } from './storage.ts';
import type { Template } from './template/template.ts';

/** Everything behind the API. */
export interface Services {
  readonly s3: LocalS3;
  readonly dynamodbOrigin: string;
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

/** Starts queues, S3, DynamoDB, Secrets Manager, EventBridge, functions and the mappings between them, as the template says. */
export const startServices = async (template: Template, options: ServiceOptions): Promise<Services> => {
  const { folder, clock, cleanup, s3Port } = options;
  const planned = planRights(template);
  const { credentialsOf, find: credentials } = planSessions(template, planned.roles, folder.secret);
  const rights = () => options.rights?.(planned) ?? planned;
  const authorize = createAuthorize(rights, clock.now());
  const judge = { authorize, clock };
  const eventsPlan = planEvents(template);
  checkTemplate(template, planned, eventsPlan, judge);
  const logDirectory = join(folder.directory, 'logs');
  const report = openFaultLog(logDirectory);
  const access = { region: homeOfBuckets(template).region, credentials, authorize: telling(authorize, report), clock };

  const plans = planMalwareProtection(template);
  const scans = scanQueue(eventsPlan);
  const queues = openQueues([...planQueues(template), scans], join(folder.directory, 'queues.sqlite'), clock);
  const scanned = { plans, queue: queues.get(scans.arn) };
  cleanup.defer(() => queues.close());
  await openToOperators(template, { folder, queues, rights, clock, cleanup });

  const { dynamodb, secretsManager, eventBridge } = await startDataServices(template, {
    directory: folder.directory,
    logDirectory,
    eventsPlan,
    access,
    report,
    cleanup,
  });

  const s3 = await startStorage(template, {
    dataDirectory: join(folder.directory, 's3'),
    port: s3Port,
    control: options.control,
    credentials,
    deliver: scanningNewObjects(scanned, notifyQueues(template, { queues, judge, report })),
    judge,
    report,
    cleanup,
  });

  const { putServiceEvent } = eventBridge;
  const guardDuty = await startGuardDuty({
    ...scanned,
    access,
    s3Origin: s3.origin,
    credentialsOf,
    putServiceEvent,
    report,
    cleanup,
  });

  const endpoints = {
    s3: s3.origin,
    dynamodb: dynamodb.origin,
    secretsManager: secretsManager.origin,
    eventBridge: eventBridge.origin,
    guardDuty: guardDuty.origin,
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
    dynamodbOrigin: dynamodb.origin,
    invoke,
    putServiceEvent,
    settled: rules.settled,
    wake: () => {
      clockOffset?.update();
      rotations.wake();
      rules.wake();
      guardDuty.wake();
      for (const consumer of consumers) consumer.wake();
    },
  };
};
