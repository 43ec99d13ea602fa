import { Refusal } from '../refusal.ts';
import { midnightOf } from './due.ts';
import { hasSizeFilter } from './filter.ts';
import type { Due, LifecycleRule } from './rule.ts';

/** "Lifecycle configuration elements": at most as many rules, and characters of an id. */
const rulesMax = 1000;
const idLengthMax = 255;
const newerNoncurrentVersionsMax = 100;
/** "Constraints and considerations for transitions": before, the infrequent access classes take nothing. */
const infrequentAccessDaysMin = 30;

const invalid = (message: string): Refusal => new Refusal('InvalidArgument', message);

/** What S3 would say of these rules, in its own words where they are known; undefined: it takes them. */
export function checkRules(rules: readonly LifecycleRule[]): Refusal | undefined {
  if (rules.length === 0 || rules.length > rulesMax) return new Refusal('MalformedXML');
  const ids = rules.map(({ id }) => id);
  if (ids.some((id) => id.length > idLengthMax)) {
    return invalid(`ID length should not exceed allowed limit of ${idLengthMax}`);
  }
  if (new Set(ids).size < ids.length) return invalid('Rule ID must be unique. Found same ID for one or more rules');
  return firstOf(rules, (rule) => checkActions(rule) ?? checkFilter(rule) ?? checkNumbers(rule) ?? checkOrder(rule));
}

function firstOf<Item>(items: readonly Item[], check: (item: Item) => Refusal | undefined): Refusal | undefined {
  for (const item of items) {
    const refusal = check(item);
    if (refusal) return refusal;
  }
  return undefined;
}

function checkActions({ id: _, status: __, filter: ___, ...actions }: LifecycleRule): Refusal | undefined {
  const given = Object.values(actions).filter((action) => !Array.isArray(action) || action.length > 0);
  return given.length > 0
    ? undefined
    : new Refusal('InvalidRequest', 'At least one action needs to be specified in a rule');
}

function checkFilter({ filter, expiration, abortIncompleteMultipartUpload }: LifecycleRule): Refusal | undefined {
  const { tags = {}, objectSizeGreaterThan = -1, objectSizeLessThan = Number.POSITIVE_INFINITY } = filter;
  if (objectSizeGreaterThan >= objectSizeLessThan - 1) {
    return new Refusal('InvalidRequest', "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'");
  }
  const selection = Object.keys(tags).length > 0 ? 'Tags' : hasSizeFilter(filter) ? 'Object Size' : undefined;
  if (selection === undefined) return undefined;
  if (abortIncompleteMultipartUpload !== undefined) {
    return new Refusal('InvalidRequest', `AbortIncompleteMultipartUpload cannot be specified with ${selection}.`);
  }
  if (expiration !== undefined && 'expiredObjectDeleteMarker' in expiration) {
    return new Refusal('InvalidRequest', `ExpiredObjectDeleteMarker cannot be specified with ${selection}.`);
  }
  return undefined;
}

function checkNumbers(rule: LifecycleRule): Refusal | undefined {
  const { expiration, noncurrentVersionExpiration, abortIncompleteMultipartUpload, transitions = [] } = rule;
  const noncurrent = rule.noncurrentVersionTransitions ?? [];
  const positive = [
    ['Days', 'Expiration', expiration && 'days' in expiration ? expiration.days : 1],
    ['NoncurrentDays', 'NoncurrentVersionExpiration', noncurrentVersionExpiration?.noncurrentDays ?? 1],
    ['DaysAfterInitiation', 'AbortIncompleteMultipartUpload', abortIncompleteMultipartUpload?.daysAfterInitiation ?? 1],
  ] as const;
  for (const [name, action, days] of positive) {
    if (!Number.isInteger(days) || days < 1)
      return invalid(`'${name}' for ${action} action must be a positive integer`);
  }
  const kept = [noncurrentVersionExpiration, ...noncurrent].map((action) => action?.newerNoncurrentVersions ?? 1);
  if (kept.some((count) => !Number.isInteger(count) || count < 1 || count > newerNoncurrentVersionsMax)) {
    return invalid(`'NewerNoncurrentVersions' must be between 1 and ${newerNoncurrentVersionsMax}`);
  }
  return firstOf([...transitions, ...noncurrent], (transition) => {
    const { storageClass } = transition;
    if ('date' in transition) return undefined;
    const [name, days] =
      'days' in transition ? ['Days', transition.days] : ['NoncurrentDays', transition.noncurrentDays];
    const daysMin = ['STANDARD_IA', 'ONEZONE_IA'].includes(storageClass) ? infrequentAccessDaysMin : 0;
    if (Number.isInteger(days) && days >= daysMin) return undefined;
    return invalid(
      `'${name}' in Transition action must be greater than or equal to ${daysMin} for storageClass '${storageClass}'`,
    );
  });
}

/** Dates are midnights, one rule keeps to days or to dates, and what expires first cannot move any more. */
function checkOrder({ expiration, transitions = [], filter }: LifecycleRule): Refusal | undefined {
  const due: Due | undefined = expiration && !('expiredObjectDeleteMarker' in expiration) ? expiration : undefined;
  const all = [...transitions, ...(due ? [due] : [])];
  const dates = all.flatMap((action) => ('date' in action ? [action.date] : []));
  if (dates.some((date) => midnightOf(date).getTime() !== date.getTime())) {
    return invalid("'Date' must be at midnight GMT");
  }
  const about = `for prefix '${filter.prefix ?? ''}'`;
  if (dates.length > 0 && dates.length < all.length) {
    return new Refusal(
      'InvalidRequest',
      `Found mixed 'Date' and 'Days' based Expiration and Transition actions ${about}`,
    );
  }
  const unit = dates.length > 0 ? 'Date' : 'Days';
  const isLate = due && transitions.some((transition) => positionOf(transition) >= positionOf(due));
  if (!isLate) return undefined;
  return invalid(`'${unit}' in the Expiration action ${about} must be greater than '${unit}' in the Transition action`);
}

const positionOf = (due: Due): number => ('date' in due ? due.date.getTime() : due.days);
