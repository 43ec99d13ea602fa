import { type GuardDutyClient, SendObjectMalwareScanCommand } from '@aws-sdk/client-guardduty';
import type { Scanner } from '../../ports.ts';

/** Scans on demand (GuardDuty API reference, SendObjectMalwareScan); new objects are scanned without being asked for. */
export const guardDutyScanner = (client: GuardDutyClient, bucketName: string): Scanner => ({
  request: async ({ key, versionId }) => {
    await client.send(
      new SendObjectMalwareScanCommand({ S3Object: { Bucket: bucketName, Key: key, VersionId: versionId } }),
    );
  },
});
