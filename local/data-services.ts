import { join } from 'node:path';
import type { Access } from './aws-json/access.ts';
import type { Clock } from './clock.ts';
import { planTables } from './dynamodb/plan.ts';
import { type LocalDynamoDb, startLocalDynamoDb } from './dynamodb/server.ts';
import type { EventsPlan } from './events/plan.ts';
import { type LocalEventBridge, startLocalEventBridge } from './events/server.ts';
import type { ReportFault } from './fault-log.ts';
import { planSecrets } from './secrets/plan.ts';
import { type LocalSecretsManager, startLocalSecretsManager } from './secrets/server.ts';
import type { Template } from './template/template.ts';

/** The services that keep what functions give them and call nobody. */
export interface DataServices {
  readonly dynamodb: LocalDynamoDb;
  readonly secretsManager: LocalSecretsManager;
  readonly eventBridge: LocalEventBridge;
}

export interface DataServicesOptions {
  /** The data folder. */
  readonly directory: string;
  readonly logDirectory: string;
  readonly eventsPlan: EventsPlan;
  readonly access: Access & { readonly clock: Clock };
  readonly report: ReportFault;
  /** Things to undo at the end, in reverse order. */
  readonly cleanup: AsyncDisposableStack;
}

export const startDataServices = async (template: Template, options: DataServicesOptions): Promise<DataServices> => {
  const { directory, logDirectory, eventsPlan, access, report, cleanup } = options;
  const dynamodb = await startLocalDynamoDb({
    dataDirectory: join(directory, 'dynamodb'),
    tables: planTables(template),
    ...access,
  });
  cleanup.defer(() => dynamodb.close());

  const secretsManager = await startLocalSecretsManager({
    file: join(directory, 'secrets.sqlite'),
    secrets: planSecrets(template),
    ...access,
  });
  cleanup.defer(() => secretsManager.close());

  const eventBridge = await startLocalEventBridge({
    file: join(directory, 'events.sqlite'),
    logFile: join(logDirectory, 'events.log'),
    plan: eventsPlan,
    report,
    ...access,
  });
  cleanup.defer(() => eventBridge.close());
  return { dynamodb, secretsManager, eventBridge };
};
