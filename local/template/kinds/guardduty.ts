import * as z from 'zod/mini';
import { arn, emulated, generatedId, noEffect } from '../kind.ts';

/** AWS::GuardDuty::MalwareProtectionPlan: which objects of a bucket are scanned, under which role. */
export const guardDutyMalwareProtectionPlan = emulated({
  ref: generatedId,
  attributes: {
    Arn: arn('guardduty', (context) => `malware-protection-plan/${generatedId(context)}`),
    MalwareProtectionPlanId: generatedId,
  },
  properties: z.strictObject({
    Role: z.string(),
    ProtectedResource: z.strictObject({
      S3Bucket: z.strictObject({
        BucketName: z.string(),
        ObjectPrefixes: z._default(z.array(z.string()).check(z.maxLength(5)), []),
      }),
    }),
    Actions: z.optional(z.strictObject({ Tagging: z.strictObject({ Status: z.enum(['ENABLED', 'DISABLED']) }) })),
    Tags: noEffect,
  }),
});
