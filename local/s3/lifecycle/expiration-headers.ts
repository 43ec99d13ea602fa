import type { BucketConfiguration } from '../configuration.ts';
import type { AnyObjectVersion } from '../store/object-version.ts';
import type { Upload } from '../store/uploads.ts';
import { daysAfter, dueAt } from './due.ts';
import { applies } from './filter.ts';

interface Deadline {
  readonly at: Date;
  readonly ruleId: string;
}

const earliest = (deadlines: readonly Deadline[]): Deadline | undefined =>
  deadlines.reduce<Deadline | undefined>((first, next) => (first && first.at <= next.at ? first : next), undefined);

/**
 * `x-amz-expiration` of a current version: "the expiry-date and rule-id key-value pairs […]. The value of the rule-id is
 * URL-encoded" (GetObject). Nothing where no rule will expire it.
 */
export function expirationHeaders(
  { lifecycle = [] }: BucketConfiguration,
  version: AnyObjectVersion,
): Record<string, string> {
  if (version.isDeleteMarker) return {};
  const { key, lastModified, sizeBytes, tags, attributes } = version;
  const content = { sizeBytes, tags, storageClass: attributes.storageClass };
  const deadlines = lifecycle.flatMap((rule): Deadline[] => {
    const { expiration } = rule;
    if (expiration === undefined || 'expiredObjectDeleteMarker' in expiration) return [];
    return applies(rule, { key, content }) ? [{ at: dueAt(lastModified, expiration), ruleId: rule.id }] : [];
  });
  const first = earliest(deadlines);
  if (first === undefined) return {};
  const value = `expiry-date="${first.at.toUTCString()}", rule-id="${encodeURIComponent(first.ruleId)}"`;
  return { 'x-amz-expiration': value };
}

/** When the upload will be aborted, and by which rule (CreateMultipartUpload, ListParts). */
export function abortDeadline(
  { lifecycle = [] }: BucketConfiguration,
  { key, initiated }: Pick<Upload, 'key' | 'initiated'>,
): Deadline | undefined {
  const deadlines = lifecycle.flatMap(({ id, status, filter, abortIncompleteMultipartUpload: abort }): Deadline[] => {
    if (abort === undefined || status !== 'Enabled' || !key.startsWith(filter.prefix ?? '')) return [];
    return [{ at: daysAfter(initiated, abort.daysAfterInitiation), ruleId: id }];
  });
  return earliest(deadlines);
}

export function abortHeaders(
  bucket: BucketConfiguration,
  upload: Pick<Upload, 'key' | 'initiated'>,
): Record<string, string> {
  const deadline = abortDeadline(bucket, upload);
  if (deadline === undefined) return {};
  return { 'x-amz-abort-date': deadline.at.toUTCString(), 'x-amz-abort-rule-id': encodeURIComponent(deadline.ruleId) };
}
