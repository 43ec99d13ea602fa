import { vi } from 'vitest';
import { roleNameOf } from '../../../../local/functions/plan.ts';
import type { SendableUpload } from '../../../support/api.ts';
import type { TestCloud } from '../../../support/cloud.ts';
import { openQueue } from './queue-file.ts';

/** A document and the version that was uploaded for it. */
export interface Arrived {
  readonly id: string;
  readonly bucketName: string;
  readonly key: string;
  readonly versionId: string;
}

/** Where the bytes of a declared document go. */
export const placeOf = ({ document: { id }, upload: { url } }: SendableUpload) => {
  const [, bucketName = '', ...key] = new URL(url).pathname.split('/');
  return { id, bucketName, key: key.join('/') };
};

/** Puts a message into the queue of a function. */
const send = (cloud: TestCloud, functionName: string, body: object) => {
  const mapping = cloud.template.all('AWS::Lambda::EventSourceMapping').find(({ config }) => {
    const lambda = cloud.template.all('AWS::Lambda::Function').find(({ ref }) => ref === config.FunctionName);
    return lambda !== undefined && roleNameOf(lambda).endsWith(`-${functionName}`);
  });
  const queue = openQueue(cloud, mapping?.config.EventSourceArn ?? '');
  queue.send(JSON.stringify(body));
  cloud.wake();
  return queue;
};

/** The same, and waits until it is dealt with. */
const tell = async (cloud: TestCloud, functionName: string, documentId: string, body: object): Promise<void> => {
  const queue = send(cloud, functionName, body);
  await vi.waitUntil(() => !queue.holds(documentId), { timeout: 10_000, interval: 10 });
  queue.close();
};

export const tellOfUpload = (cloud: TestCloud, { id, bucketName, key, versionId }: Arrived) =>
  tell(cloud, 'record-upload', id, {
    Records: [{ eventName: 'ObjectCreated:Put', s3: { bucket: { name: bucketName }, object: { key, versionId } } }],
  });

const scanResult = ({ bucketName, key: objectKey, versionId }: Arrived, scanResultStatus: string) => ({
  source: 'aws.guardduty',
  'detail-type': 'GuardDuty Malware Protection Object Scan Result',
  detail: { s3ObjectDetails: { bucketName, objectKey, versionId }, scanResultDetails: { scanResultStatus } },
});

export const tellOfScan = (cloud: TestCloud, arrived: Arrived, scanResultStatus: string) =>
  tell(cloud, 'apply-scan-result', arrived.id, scanResult(arrived, scanResultStatus));

/** Waits for nothing, because a function without a right does not deal with it. */
export const sendScan = (cloud: TestCloud, arrived: Arrived, scanResultStatus: string): void =>
  send(cloud, 'apply-scan-result', scanResult(arrived, scanResultStatus)).close();
