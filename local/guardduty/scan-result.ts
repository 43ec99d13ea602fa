import type { ScanVerdict } from '../../contract/states.ts';
import type { JsonObject } from '../template/json.ts';
import type { Finding } from './inspect.ts';
import type { PlanConfig } from './plan.ts';

/** "S3 object potential scan status and result status", user guide. */
const scanStatusOf: Readonly<Record<ScanVerdict, 'COMPLETED' | 'SKIPPED' | 'FAILED'>> = {
  NO_THREATS_FOUND: 'COMPLETED',
  THREATS_FOUND: 'COMPLETED',
  UNSUPPORTED: 'SKIPPED',
  ACCESS_DENIED: 'SKIPPED',
  FAILED: 'FAILED',
};

/** An event of an AWS service, as the default bus takes it. */
export interface ServiceEvent {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

export interface ScannedVersion {
  readonly key: string;
  /** Absent where the bucket has no versions. */
  readonly versionId?: string | undefined;
  /** Absent where nobody could learn it. */
  readonly eTag?: string | undefined;
}

/**
 * "S3 object scan result" of "Monitoring S3 object scans with Amazon EventBridge", user guide. Its `statusReasons`, which
 * the guide does not list, are left out.
 */
export const scanResultEvent = (
  { arn, bucketName }: PlanConfig,
  { key, versionId, eTag }: ScannedVersion,
  { status, threats }: Finding,
): ServiceEvent => ({
  source: 'aws.guardduty',
  detailType: 'GuardDuty Malware Protection Object Scan Result',
  resources: [arn],
  detail: {
    schemaVersion: '1.0',
    scanStatus: scanStatusOf[status],
    resourceType: 'S3_OBJECT',
    s3ObjectDetails: {
      bucketName,
      objectKey: key,
      ...(eTag !== undefined && { eTag }),
      ...(versionId !== undefined && { versionId }),
      s3Throttled: false,
    },
    scanResultDetails: {
      scanResultStatus: status,
      threats: threats.length === 0 ? null : threats.map((name) => ({ name })),
    },
  },
});
