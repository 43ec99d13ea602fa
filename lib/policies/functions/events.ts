import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { eventSource } from '../../../contract/events.ts';
import { objectStates } from '../../../contract/states.ts';
import { allow } from '../statement.ts';
import { documentsKey, tableKey } from './keys.ts';
import { learnWhatIsGone, readTags, readVersions, writeState } from './objects.ts';
import type { Resources } from './resources.ts';
import { appendHistory, documents, listByOwner, listDue, quotas, readHistory } from './table.ts';

/** In the name of this application and of nobody else. */
export const publishEvents = ({ eventBusArn }: Resources): PolicyStatement =>
  allow({
    sid: 'PublishEvents',
    actions: ['events:PutEvents'],
    resources: [eventBusArn],
    conditions: { StringEquals: { 'events:source': eventSource } },
  });

/** Lambda's poller receives in the name of the function. */
const receive = (queueArn: string): PolicyStatement =>
  allow({
    sid: 'ReceiveEvents',
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    resources: [queueArn],
  });

/** The action names no resource (service authorization reference of GuardDuty); the plan's role bounds what is read. */
const scanAgain = ({ isScanned }: Resources): PolicyStatement[] =>
  isScanned ? [allow({ sid: 'ScanAgain', actions: ['guardduty:SendObjectMalwareScan'], resources: ['*'] })] : [];

export const recordUpload = (resources: Resources): PolicyStatement[] => [
  documents('RecordUploads', ['GetItem', 'UpdateItem'], resources),
  quotas('ReleaseQuotas', ['UpdateItem'], resources),
  appendHistory(resources),
  readHistory(resources),
  readVersions(resources),
  learnWhatIsGone(resources),
  readTags(resources),
  // Every state: where another writer won the record, the tag is set back to what the record says.
  writeState(objectStates, resources),
  publishEvents(resources),
  receive(resources.uploadsQueueArn),
  ...documentsKey(['kms:Decrypt'], resources),
  ...tableKey(resources),
];

export const applyScanResult = (resources: Resources): PolicyStatement[] => [
  documents('ApplyVerdicts', ['GetItem', 'UpdateItem'], resources),
  quotas('ReleaseQuotas', ['UpdateItem'], resources),
  appendHistory(resources),
  readHistory(resources),
  learnWhatIsGone(resources),
  readTags(resources),
  writeState(objectStates, resources),
  publishEvents(resources),
  receive(resources.scanResultsQueueArn),
  ...tableKey(resources),
];

export const sweep = (resources: Resources): PolicyStatement[] => [
  listDue(resources),
  listByOwner(resources),
  documents('SettleDocuments', ['GetItem', 'BatchGetItem', 'UpdateItem'], resources),
  quotas('RecountQuotas', ['GetItem', 'UpdateItem', 'Query'], resources),
  appendHistory(resources),
  readVersions(resources),
  allow({
    sid: 'ListWhatIsThere',
    actions: ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
    resources: [resources.bucketArn],
  }),
  readTags(resources),
  writeState(objectStates, resources),
  // T12: the one role that may remove bytes, and only version by version.
  allow({ sid: 'RemoveVersions', actions: ['s3:DeleteObjectVersion'], resources: [resources.documentsArn] }),
  allow({ sid: 'AbortUploads', actions: ['s3:AbortMultipartUpload'], resources: [resources.documentsArn] }),
  publishEvents(resources),
  ...scanAgain(resources),
  ...documentsKey(['kms:Decrypt'], resources),
  ...tableKey(resources),
];
