import type { ScanVerdict } from '../../../contract/states.ts';
import type { StoredVersion } from './s3.ts';

/** S3's notification (S3 user guide, "Event message structure"), only what is read of it. Its keys are form-encoded. */
export const createdEvent = ({ key, versionId }: StoredVersion): string =>
  JSON.stringify({
    Records: [
      {
        eventName: 'ObjectCreated:Put',
        s3: { object: { key: encodeURIComponent(key).replaceAll('%2F', '/'), versionId } },
      },
    ],
  });

/** GuardDuty's event (GuardDuty user guide, "S3 object scan result"), only what is read of it. */
export const scanResultEvent = (bucketName: string, { key, versionId }: StoredVersion, verdict: ScanVerdict): string =>
  JSON.stringify({
    source: 'aws.guardduty',
    'detail-type': 'GuardDuty Malware Protection Object Scan Result',
    detail: {
      s3ObjectDetails: { bucketName, objectKey: key, versionId },
      scanResultDetails: { scanResultStatus: verdict },
    },
  });
