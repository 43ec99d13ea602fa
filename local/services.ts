import { join } from 'node:path';
import { planBuckets } from './buckets.ts';
import type { Clock } from './clock.ts';
import type { DataFolder } from './data-folder.ts';
import { planTables } from './dynamodb/plan.ts';
import { startLocalDynamoDb } from './dynamodb/server.ts';
import { openFaultLog } from './fault-log.ts';
import { findFunction } from './functions/find.ts';
import { createFunction } from './functions/function.ts';
import { planFunctions, roleNameOf } from './functions/plan.ts';
import type { Invocation } from './functions/types.ts';
import { explain } from './listener.ts';
import { startConsumer } from './queues/consumer.ts';
import { planConsumers, planQueues } from './queues/plan.ts';
import { openQueues } from './queues/queues.ts';
import { createAuthorize } from './roles/authorize.ts';
import { roleCredentials } from './roles/credentials.ts';
import { checkEventSources } from './roles/event-sources.ts';
import { checkNotificationTargets } from './roles/notifications.ts';
import { planBucketPolicies, planRoles } from './roles/plan.ts';
import { startLocalS3 } from './s3/server.ts';
import { TemplateError } from './template/errors.ts';
import type { Template } from './template/template.ts';

/** Everything behind the API. */
export interface Services {
  readonly s3Origin: string;
  invoke(functionArn: string, event: unknown): Promise<Invocation>;
  /** Looks at the queues again; needed after an injected clock was moved. */
  wake(): void;
}

export interface ServiceOptions {
  readonly folder: DataFolder;
  /** Of S3; 0 for any free one. */
  readonly s3Port: number;
  readonly clock: Clock;
  /** Things to undo at the end, in reverse order. */
  readonly cleanup: AsyncDisposableStack;
}

const regionOf = (template: Template): string => {
  const [bucket] = template.all('AWS::S3::Bucket');
  if (bucket === undefined) throw new TemplateError('The template has no bucket.');
  return bucket.region;
};

const planCredentials = (template: Template, { secret }: DataFolder) => {
  const roles = planRoles(template);
  const byName = new Map(roles.map((role) => [role.name, role]));
  const credentialsOf = (roleName: string, session: string) => {
    const role = byName.get(roleName);
    return role && roleCredentials(secret, role, session);
  };
  const sessions = new Map(
    template.all('AWS::Lambda::Function').flatMap((resource) => {
      const session = credentialsOf(roleNameOf(resource), resource.ref);
      return session ? [[session.accessKeyId, session] as const] : [];
    }),
  );
  return {
    credentialsOf,
    credentials: (accessKeyId: string) => sessions.get(accessKeyId),
    authorize: createAuthorize(roles, planBucketPolicies(template)),
  };
};

/** Starts queues, S3, DynamoDB, functions and the mappings between them, as the template says. */
export const startServices = async (template: Template, options: ServiceOptions): Promise<Services> => {
  const { folder, clock, cleanup, s3Port } = options;
  const { credentialsOf, credentials, authorize } = planCredentials(template, folder);
  checkNotificationTargets(template);
  checkEventSources(template);
  const logDirectory = join(folder.directory, 'logs');
  const report = openFaultLog(logDirectory);

  const queues = openQueues(planQueues(template), join(folder.directory, 'queues.sqlite'), clock);
  cleanup.defer(() => queues.close());

  const dynamodb = await startLocalDynamoDb({
    dataDirectory: join(folder.directory, 'dynamodb'),
    region: regionOf(template),
    tables: planTables(template),
    credentials,
    authorize,
  });
  cleanup.defer(() => dynamodb.close());

  const s3 = await startLocalS3({
    dataDirectory: join(folder.directory, 's3'),
    port: s3Port,
    region: regionOf(template),
    buckets: planBuckets(template),
    credentials,
    authorize,
    deliver: async ({ queueArn, body }) => {
      try {
        queues.get(queueArn).send(body);
      } catch (cause) {
        report(`An event of S3 could not be put into ${queueArn}; it is tried again`, cause);
        throw cause;
      }
    },
    report,
    clock,
  }).catch((cause: unknown) => {
    throw explain(s3Port, cause, ', where S3 would be,');
  });
  cleanup.defer(() => s3.close());

  const functions = planFunctions(template, credentialsOf, { s3: s3.origin, dynamodb: dynamodb.origin }).map(
    (config) => {
      const lambda = createFunction(config, logDirectory);
      cleanup.defer(() => lambda.close());
      return lambda;
    },
  );
  const find = (nameOrArn: string) => {
    const name = findFunction(template, nameOrArn)?.ref;
    const lambda = functions.find(({ config }) => config.name === name);
    if (lambda === undefined) throw new TemplateError(`The template has no function ${nameOrArn}.`);
    return lambda;
  };

  const consumers = planConsumers(template).map((plan) => {
    const lambda = find(plan.functionName);
    const consumer = startConsumer(plan, queues.get(plan.queueArn), (event) => lambda.invoke(event), clock, report);
    cleanup.defer(() => consumer.close());
    return consumer;
  });

  return {
    s3Origin: s3.origin,
    invoke: (functionArn, event) => find(functionArn).invoke(event),
    wake: () => {
      for (const consumer of consumers) consumer.wake();
    },
  };
};
