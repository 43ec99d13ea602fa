import { objectKeyPrefix } from '../../contract/storage.ts';
import type { Resources } from '../policies/functions/resources.ts';
import type { DataStack } from './data-stack.ts';

type OfTheService = 'eventBusArn' | 'scanResultsQueueArn' | 'isScanned' | 'storageSettingsArn' | 'retentionClasses';

/** What the functions' policies speak of: what the data stack holds, and what the service knows. */
export const resourcesOf = (
  { bucket, table, uploads, cursorKey, documentsKey, tableKey, secretsKey, region, urlSuffix }: DataStack,
  service: Pick<Resources, OfTheService>,
): Resources => ({
  region,
  urlSuffix,
  bucketArn: bucket.attrArn,
  documentsArn: `${bucket.attrArn}/${objectKeyPrefix}*`,
  tableArn: table.tableArn,
  uploadsQueueArn: uploads.queue.queueArn,
  ...service,
  cursorKeyArn: cursorKey.ref,
  keys:
    documentsKey && tableKey && secretsKey
      ? { documentsArn: documentsKey.keyArn, tableArn: tableKey.keyArn, secretsArn: secretsKey.keyArn }
      : undefined,
});
