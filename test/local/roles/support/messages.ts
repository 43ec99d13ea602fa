import { vi } from 'vitest';
import { roleNameOf } from '../../../../local/functions/plan.ts';
import type { TestCloud } from '../../../support/cloud.ts';
import { openQueue } from './queue-file.ts';

/** A document and the version that was uploaded for it. */
export interface Arrived {
  readonly id: string;
  readonly bucketName: string;
  readonly key: string;
  readonly versionId: string;
}

/** Puts a message into the queue of a function, and waits until it is dealt with. */
const tell = async (cloud: TestCloud, functionName: string, documentId: string, body: object): Promise<void> => {
  const mapping = cloud.template.all('AWS::Lambda::EventSourceMapping').find(({ config }) => {
    const lambda = cloud.template.all('AWS::Lambda::Function').find(({ ref }) => ref === config.FunctionName);
    return lambda !== undefined && roleNameOf(lambda).endsWith(`-${functionName}`);
  });
  const queue = openQueue(cloud, mapping?.config.EventSourceArn ?? '');
  queue.send(JSON.stringify(body));
  cloud.wake();
  await vi.waitUntil(() => !queue.holds(documentId), { timeout: 10_000, interval: 10 });
  queue.close();
};

export const tellOfUpload = (cloud: TestCloud, { id, bucketName, key, versionId }: Arrived) =>
  tell(cloud, 'record-upload', id, {
    Records: [{ eventName: 'ObjectCreated:Put', s3: { bucket: { name: bucketName }, object: { key, versionId } } }],
  });

export const tellOfScan = (
  cloud: TestCloud,
  { id, bucketName, key: objectKey, versionId }: Arrived,
  scanResultStatus: string,
) =>
  tell(cloud, 'apply-scan-result', id, {
    source: 'aws.guardduty',
    'detail-type': 'GuardDuty Malware Protection Object Scan Result',
    detail: { s3ObjectDetails: { bucketName, objectKey, versionId }, scanResultDetails: { scanResultStatus } },
  });
