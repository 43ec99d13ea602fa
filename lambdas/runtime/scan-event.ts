import * as z from 'zod/mini';
import { scanVerdicts } from '../../contract/states.ts';

/**
 * Only what is used of GuardDuty's event (GuardDuty user guide, "Monitoring S3 object scans with Amazon EventBridge",
 * "S3 object scan result"). Its keys are raw, unlike those of S3's own notifications (F9).
 */
const ScanEvent = z.object({
  source: z.literal('aws.guardduty'),
  'detail-type': z.literal('GuardDuty Malware Protection Object Scan Result'),
  detail: z.object({
    s3ObjectDetails: z.object({ bucketName: z.string(), objectKey: z.string(), versionId: z.string() }),
    scanResultDetails: z.object({ scanResultStatus: z.enum(scanVerdicts) }),
  }),
});

export interface ScanResult {
  readonly bucketName: string;
  readonly object: { readonly key: string; readonly versionId: string };
  readonly verdict: (typeof scanVerdicts)[number];
}

/** The result that a message of the queue tells of. Throws for anything else: a verdict that is not known is none. */
export const scanResultOf = (body: string): ScanResult => {
  const { detail } = z.parse(ScanEvent, JSON.parse(body));
  const { bucketName, objectKey, versionId } = detail.s3ObjectDetails;
  return { bucketName, object: { key: objectKey, versionId }, verdict: detail.scanResultDetails.scanResultStatus };
};
