import { planBuckets } from '../../../../local/buckets.ts';
import type { LifecycleRule } from '../../../../local/s3/lifecycle/rule.ts';
import type { JsonObject } from '../../../../local/template/json.ts';
import { linkTemplate } from '../../../../local/template/template.ts';
import { resourceOf, type Template } from '../../../lib/support/synthesize.ts';
import { region } from '../support/server.ts';

/** The lifecycle rules of the documents bucket, as the local S3 takes them from the template. */
export const rulesOf = (data: Template): readonly LifecycleRule[] => {
  const { VersioningConfiguration, LifecycleConfiguration } = resourceOf(data, 'AWS::S3::Bucket').Properties;
  const Properties = { VersioningConfiguration, LifecycleConfiguration } as JsonObject;
  const Documents = { Type: 'AWS::S3::Bucket', Properties };
  const stack = { stackName: 'data', account: '111122223333', region, assets: new Map() };
  const [bucket] = planBuckets(linkTemplate([{ ...stack, template: { Resources: { Documents } } }]));
  return bucket?.lifecycle ?? [];
};
