import { daysAfter, dueAt } from './due.ts';
import { applies, hasSizeFilter } from './filter.ts';
import type { LifecycleRule, TransitionStorageClass } from './rule.ts';
import type { VersionFacts } from './version-facts.ts';
import { canTransition, isCheaper, sizeBytesMinDefault } from './waterfall.ts';

export type LifecycleAction =
  | { readonly kind: 'remove' }
  | { readonly kind: 'add-delete-marker' }
  | { readonly kind: 'transition'; readonly storageClass: TransitionStorageClass };

/**
 * What is to happen to a version now, if anything. Where several actions are due: "Permanent deletion takes precedence
 * over transition. Transition takes precedence over creation of delete markers" ("Examples of S3 Lifecycle
 * configurations", overlapping rules).
 */
export function decide(rules: readonly LifecycleRule[], version: VersionFacts, now: Date): LifecycleAction | undefined {
  const fitting = rules.filter((rule) => applies(rule, version));
  if (fitting.some((rule) => removes(rule, version, now))) return { kind: 'remove' };
  const storageClass = transitionOf(fitting, version, now);
  if (storageClass !== undefined) return { kind: 'transition', storageClass };
  const isHidden = version.noncurrent !== undefined || version.content === undefined;
  if (!isHidden && fitting.some((rule) => expires(rule, version, now))) return { kind: 'add-delete-marker' };
  return undefined;
}

/** Whether the bytes, or the delete marker, go for good. */
function removes(rule: LifecycleRule, version: VersionFacts, now: Date): boolean {
  const { noncurrent, content, hidesOthers, isVersioned } = version;
  if (noncurrent !== undefined) {
    const { noncurrentDays, newerNoncurrentVersions = 0 } = rule.noncurrentVersionExpiration ?? {};
    if (noncurrentDays === undefined || noncurrent.newerVersions < newerNoncurrentVersions) return false;
    return daysAfter(noncurrent.since, noncurrentDays) <= now;
  }
  if (content !== undefined) return !isVersioned && expires(rule, version, now);
  return !hidesOthers && (cleansUp(rule) || expires(rule, version, now));
}

const cleansUp = ({ expiration }: LifecycleRule): boolean =>
  expiration !== undefined && 'expiredObjectDeleteMarker' in expiration && expiration.expiredObjectDeleteMarker;

function expires({ expiration }: LifecycleRule, { lastModified }: VersionFacts, now: Date): boolean {
  if (expiration === undefined || 'expiredObjectDeleteMarker' in expiration) return false;
  return dueAt(lastModified, expiration) <= now;
}

/** The cheapest of the classes that are due. */
function transitionOf(
  rules: readonly LifecycleRule[],
  version: VersionFacts,
  now: Date,
): TransitionStorageClass | undefined {
  const { content } = version;
  if (content === undefined) return undefined;
  let chosen: TransitionStorageClass | undefined;
  for (const rule of rules) {
    if (content.sizeBytes < sizeBytesMinDefault && !hasSizeFilter(rule.filter)) continue;
    for (const storageClass of dueClasses(rule, version, now)) {
      if (!canTransition(content.storageClass, storageClass)) continue;
      if (chosen === undefined || isCheaper(storageClass, chosen)) chosen = storageClass;
    }
  }
  return chosen;
}

function dueClasses(rule: LifecycleRule, { lastModified, noncurrent }: VersionFacts, now: Date) {
  if (noncurrent === undefined) {
    return (rule.transitions ?? []).filter((to) => dueAt(lastModified, to) <= now).map((to) => to.storageClass);
  }
  const { since, newerVersions } = noncurrent;
  return (rule.noncurrentVersionTransitions ?? [])
    .filter((to) => newerVersions >= (to.newerNoncurrentVersions ?? 0) && daysAfter(since, to.noncurrentDays) <= now)
    .map((to) => to.storageClass);
}
