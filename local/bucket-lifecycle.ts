import type { Due, LifecycleExpiration, LifecycleFilter, LifecycleRule } from './s3/lifecycle/rule.ts';
import { TemplateError } from './template/errors.ts';
import type { LifecycleConfiguration } from './template/kinds/s3-lifecycle.ts';

type TemplateRule = LifecycleConfiguration['Rules'][number];
type Transition = NonNullable<TemplateRule['Transitions']>[number];

/** The lifecycle rules of a template, as the local S3 takes them. S3 names rules that have no name. */
export const planLifecycle = (bucket: string, { Rules }: LifecycleConfiguration): readonly LifecycleRule[] =>
  Rules.map((rule, index): LifecycleRule => {
    const id = rule.Id ?? `rule-${index + 1}`;
    const [expiration, ...others] = expirationsOf(rule);
    if (others.length > 0) {
      throw new TemplateError(
        `The lifecycle rule ${id} of ${bucket} may have one of ExpirationInDays, ExpirationDate and ExpiredObjectDeleteMarker.`,
      );
    }
    const { NoncurrentVersionExpiration: noncurrent, AbortIncompleteMultipartUpload: abort } = rule;
    return {
      id,
      status: rule.Status,
      filter: filterOf(rule),
      ...(expiration && { expiration }),
      ...(noncurrent && {
        noncurrentVersionExpiration: {
          noncurrentDays: noncurrent.NoncurrentDays,
          ...keptOf(noncurrent.NewerNoncurrentVersions),
        },
      }),
      ...(rule.Transitions && {
        transitions: rule.Transitions.map((to) => ({ ...dueOf(to), storageClass: to.StorageClass })),
      }),
      ...(rule.NoncurrentVersionTransitions && {
        noncurrentVersionTransitions: rule.NoncurrentVersionTransitions.map((to) => ({
          noncurrentDays: to.TransitionInDays,
          ...keptOf(to.NewerNoncurrentVersions),
          storageClass: to.StorageClass,
        })),
      }),
      ...(abort && { abortIncompleteMultipartUpload: { daysAfterInitiation: abort.DaysAfterInitiation } }),
    };
  });

const expirationsOf = (rule: TemplateRule): readonly LifecycleExpiration[] => [
  ...(rule.ExpirationInDays === undefined ? [] : [{ days: rule.ExpirationInDays }]),
  ...(rule.ExpirationDate === undefined ? [] : [{ date: new Date(rule.ExpirationDate) }]),
  ...(rule.ExpiredObjectDeleteMarker === undefined
    ? []
    : [{ expiredObjectDeleteMarker: rule.ExpiredObjectDeleteMarker }]),
];

const filterOf = (rule: TemplateRule): LifecycleFilter => ({
  ...(rule.Prefix !== undefined && { prefix: rule.Prefix }),
  ...(rule.TagFilters && { tags: Object.fromEntries(rule.TagFilters.map(({ Key, Value }) => [Key, Value])) }),
  ...(rule.ObjectSizeGreaterThan !== undefined && { objectSizeGreaterThan: Number(rule.ObjectSizeGreaterThan) }),
  ...(rule.ObjectSizeLessThan !== undefined && { objectSizeLessThan: Number(rule.ObjectSizeLessThan) }),
});

const keptOf = (newerNoncurrentVersions: number | undefined) =>
  newerNoncurrentVersions === undefined ? {} : { newerNoncurrentVersions };

const dueOf = (to: Transition): Due =>
  'TransitionDate' in to ? { date: new Date(to.TransitionDate) } : { days: to.TransitionInDays };
