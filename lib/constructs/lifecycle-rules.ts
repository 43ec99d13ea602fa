import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Profile } from '../../contract/profile.ts';
import { type ObjectState, objectStateTagKey, retentionTagKey } from '../../contract/states.ts';

/**
 * Days that S3 waits longer than the record before it removes what has a retention class: a week in which somebody
 * repairs a sweeper that stands still. Clocks that differ and S3's midnights are hours of it. See docs/adr/035.
 */
export const retentionGraceDays = 7;

type Rule = CfnBucket.RuleProperty;

/** F12, F17: what is left over goes by itself, even if none of our code runs. */
export const lifecycleRules = ({ retention, multipart }: Profile): Rule[] => [
  {
    id: 'abort-uploads',
    status: 'Enabled',
    abortIncompleteMultipartUpload: { daysAfterInitiation: Math.ceil(multipart.expiresInSeconds / 86_400) },
  },
  expire('incoming', retention.incomingDays),
  expire('rejected', retention.rejectedDays),
  // None for `deleted`: S3 counts days from the upload, and what was deleted yesterday can be years old. The sweeper
  // removes it when it can no longer be restored.
  ...Object.entries(retention.classes ?? {}).map(
    ([name, { days, transitions = [] }]): Rule => ({
      id: `retain-${name}`,
      status: 'Enabled',
      tagFilters: [{ key: retentionTagKey, value: name }],
      ...(transitions.length > 0 && {
        transitions: transitions.map(({ storageClass, days: transitionInDays }) => ({
          storageClass,
          transitionInDays,
        })),
      }),
      // A delete marker, below which the bytes stay for `noncurrentDays`: days of their own for noncurrent versions of the
      // class would take the protection from what somebody deletes before its time.
      expirationInDays: days + retentionGraceDays,
    }),
  ),
  {
    id: 'expire-noncurrent',
    status: 'Enabled',
    noncurrentVersionExpiration: { noncurrentDays: retention.noncurrentDays },
    expiredObjectDeleteMarker: true,
  },
];

const expire = (state: ObjectState, expirationInDays: number): Rule => ({
  id: `expire-${state}`,
  status: 'Enabled',
  tagFilters: [{ key: objectStateTagKey, value: state }],
  expirationInDays,
  // In a versioned bucket an expiration only adds a delete marker: the bytes go with this.
  noncurrentVersionExpiration: { noncurrentDays: 1 },
});
