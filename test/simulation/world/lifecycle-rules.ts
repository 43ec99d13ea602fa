import { objectStateTagKey, retentionTagKey } from '../../../contract/states.ts';
import { retentionGraceDays } from '../../../lib/constructs/lifecycle-rules.ts';
import { profile } from '../settings.ts';
import type { SimulatedBucket, StoredVersion } from './s3.ts';

const dayMs = 86_400_000;
const { incomingDays, rejectedDays, noncurrentDays, classes = {} } = profile.retention;

const currentDays: Readonly<Record<string, number>> = { incoming: incomingDays, rejected: rejectedDays };

const isOver = (since: number, days: number, now: number): boolean => now - since >= days * dayMs;

const isNoncurrentOver = ({ tags, noncurrentSince }: StoredVersion, now: number): boolean => {
  const isTagged = (tags.get(objectStateTagKey) ?? '') in currentDays;
  return noncurrentSince !== undefined && isOver(noncurrentSince, isTagged ? 1 : noncurrentDays, now);
};

/** After how many days the first rule removes what has these tags; undefined: no rule does. */
const currentDaysOf = (tags: StoredVersion['tags']): number | undefined => {
  const byState = currentDays[tags.get(objectStateTagKey) ?? ''];
  const byClass = classes[tags.get(retentionTagKey) ?? ''];
  const days = [byState, byClass && byClass.days + retentionGraceDays].filter((count) => count !== undefined);
  return days.length === 0 ? undefined : Math.min(...days);
};

/** One run of the rules that lib/constructs/lifecycle-rules.ts gives the bucket. Answers the keys it touched. */
export const runLifecycleRules = (bucket: SimulatedBucket, now: number): readonly string[] => {
  const touched: string[] = [];
  for (const key of bucket.keys()) {
    const [current] = bucket.versions(key);
    const days = current && currentDaysOf(current.tags);
    if (current?.content !== undefined && days !== undefined && isOver(current.createdAt, days, now))
      bucket.addDeleteMarker(key);
    for (const version of bucket.versions(key))
      if (isNoncurrentOver(version, now)) bucket.deleteVersion(key, version.versionId);
    const [last, ...below] = bucket.versions(key);
    if (last !== undefined && last.content === undefined && below.length === 0)
      bucket.deleteVersion(key, last.versionId);
    for (const uploadId of bucket.multipartUploads(key)) bucket.abortMultipart(key, uploadId);
    touched.push(key);
  }
  return touched;
};
