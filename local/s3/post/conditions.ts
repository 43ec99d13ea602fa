import { Refusal } from '../refusal.ts';
import type { FormFields } from './form-parser.ts';
import type { PolicyCondition, PostPolicy } from './policy.ts';

/** Both inclusive. */
export interface SizeRange {
  readonly sizeBytesMin: number;
  readonly sizeBytesMax: number;
}

const denied = (problem: string): Refusal => new Refusal('AccessDenied', `Invalid according to Policy: ${problem}`);

/**
 * Holds the fields of a form, `bucket` among them, to its policy, and says how large the file may be. "Each form field
 * that you specify in a form (except x-amz-signature, file, policy, and field names that have an x-ignore- prefix) must
 * appear in the list of conditions."
 */
export function checkPolicy(policy: PostPolicy, fields: FormFields, now: Date): SizeRange | Refusal {
  if (now > policy.expiration) return denied('Policy expired.');
  const failed = policy.conditions.find((condition) => !holds(condition, fields));
  if (failed !== undefined) return denied(`Policy Condition failed: ${asWritten(failed)}`);
  const covered = new Set(policy.conditions.map(fieldOf));
  const extra = [...fields].filter(([name]) => !isExempt(name) && !covered.has(name)).map(([, { name }]) => name);
  if (extra.length > 0) return denied(`Extra input fields: ${extra.join(', ')}`);
  const ranges = policy.conditions.filter(({ operator }) => operator === 'content-length-range');
  return {
    sizeBytesMin: Math.max(0, ...ranges.map(({ first }) => Number(first))),
    sizeBytesMax: Math.min(Number.POSITIVE_INFINITY, ...ranges.map(({ second }) => Number(second))),
  };
}

const isExempt = (name: string): boolean =>
  name === 'x-amz-signature' || name === 'policy' || name === 'file' || name.startsWith('x-ignore-');

/** In lower case. A condition that does not name its field with `$` is about none. */
const fieldOf = ({ operator, first }: PolicyCondition): string | undefined =>
  operator !== 'content-length-range' && first.startsWith('$') ? first.slice(1).toLowerCase() : undefined;

function holds(condition: PolicyCondition, fields: FormFields): boolean {
  const { operator, first, second } = condition;
  if (operator === 'content-length-range') return [first, second].every((bound) => /^\d+$/.test(bound));
  const name = fieldOf(condition);
  const value = name === undefined ? undefined : fields.get(name)?.value;
  if (value === undefined) return false;
  if (operator === 'eq') return value === second;
  // "Content-Types values for a starts-with condition that include commas are interpreted as lists."
  const values = name === 'content-type' ? value.split(',').map((item) => item.trim()) : [value];
  return values.every((item) => item.startsWith(second));
}

const asWritten = ({ operator, first, second }: PolicyCondition): string =>
  `[${[operator, first, second].map((item) => JSON.stringify(item)).join(', ')}]`;
