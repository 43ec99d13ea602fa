import { element, type Xml } from '../xml.ts';
import type { Due, LifecycleFilter, LifecycleRule } from './rule.ts';

const optional = (name: string, value: string | number | boolean | undefined): Xml | undefined =>
  value === undefined ? undefined : element(name, value);

const dueElement = (due: Due): Xml =>
  'date' in due ? element('Date', due.date.toISOString()) : element('Days', due.days);

const filterElement = ({ prefix, tags = {}, objectSizeGreaterThan, objectSizeLessThan }: LifecycleFilter): Xml => {
  const conditions = [
    optional('Prefix', prefix),
    ...Object.entries(tags).map(([key, value]) => element('Tag', element('Key', key), element('Value', value))),
    optional('ObjectSizeGreaterThan', objectSizeGreaterThan),
    optional('ObjectSizeLessThan', objectSizeLessThan),
  ].filter((condition) => condition !== undefined);
  return conditions.length > 1 ? element('Filter', element('And', ...conditions)) : element('Filter', ...conditions);
};

/** One rule as GetBucketLifecycleConfiguration tells it. */
export function ruleElement(rule: LifecycleRule): Xml {
  const { expiration, noncurrentVersionExpiration: noncurrent, abortIncompleteMultipartUpload: abort } = rule;
  return element(
    'Rule',
    element('ID', rule.id),
    filterElement(rule.filter),
    element('Status', rule.status),
    ...(rule.transitions ?? []).map((transition) =>
      element('Transition', dueElement(transition), element('StorageClass', transition.storageClass)),
    ),
    expiration &&
      element(
        'Expiration',
        'expiredObjectDeleteMarker' in expiration
          ? element('ExpiredObjectDeleteMarker', expiration.expiredObjectDeleteMarker)
          : dueElement(expiration),
      ),
    ...(rule.noncurrentVersionTransitions ?? []).map((transition) =>
      element(
        'NoncurrentVersionTransition',
        element('NoncurrentDays', transition.noncurrentDays),
        optional('NewerNoncurrentVersions', transition.newerNoncurrentVersions),
        element('StorageClass', transition.storageClass),
      ),
    ),
    noncurrent &&
      element(
        'NoncurrentVersionExpiration',
        element('NoncurrentDays', noncurrent.noncurrentDays),
        optional('NewerNoncurrentVersions', noncurrent.newerNoncurrentVersions),
      ),
    abort && element('AbortIncompleteMultipartUpload', element('DaysAfterInitiation', abort.daysAfterInitiation)),
  );
}
