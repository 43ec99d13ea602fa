import { Refusal } from '../refusal.ts';

/** "POST policy" of the S3 API reference, read but not yet checked. */
export interface PostPolicy {
  readonly expiration: Date;
  readonly conditions: readonly PolicyCondition[];
}

/** `["eq", "$key", "a"]`, which `{"key": "a"}` means too; as the policy spells it. */
export interface PolicyCondition {
  readonly operator: 'eq' | 'starts-with' | 'content-length-range';
  /** `$key`; the lower bound of a range. */
  readonly first: string;
  /** The value or prefix; the upper bound of a range. */
  readonly second: string;
}

const operators = ['eq', 'starts-with', 'content-length-range'] as const;

const invalid = (problem: string): Refusal => new Refusal('InvalidPolicyDocument', `Invalid Policy: ${problem}`);

/** Reads the form field `policy`: JSON in UTF-8 in Base64. */
export function parsePolicy(base64: string): PostPolicy | Refusal {
  const document = parseJson(base64);
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return invalid('Invalid JSON.');
  const unexpected = Object.keys(document).find((name) => name !== 'expiration' && name !== 'conditions');
  if (unexpected !== undefined) return invalid(`Unexpected: '${unexpected.toLowerCase()}'`);
  const { expiration, conditions } = document as Record<string, unknown>;
  if (typeof expiration !== 'string') return invalid('Policy missing expiration.');
  const expiresAt = parseExpiration(expiration);
  if (expiresAt === undefined) return invalid(`Invalid 'expiration' value: '${expiration}'`);
  if (conditions === undefined) return invalid('Policy missing conditions.');
  if (!Array.isArray(conditions)) return invalid("Invalid 'conditions' value: must be a List.");
  const parsed: PolicyCondition[] = [];
  for (const condition of conditions) {
    const outcome = Array.isArray(condition) ? parseList(condition) : parseSimple(condition);
    if (outcome instanceof Refusal) return outcome;
    parsed.push(outcome);
  }
  return { expiration: expiresAt, conditions: parsed };
}

/** "Character escaping": `\$` and `\v` are escapes of policies and not of JSON. */
function parseJson(base64: string): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
    return JSON.parse(text.replace(/\\(.)/gs, (sequence, character) => policyEscapes[character] ?? sequence));
  } catch {
    return undefined;
  }
}

const policyEscapes: Readonly<Record<string, string>> = { $: '$', v: '\\u000b' };

/** ISO 8601 in UTC, a moment that exists. */
function parseExpiration(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text)) return undefined;
  const date = new Date(text);
  const isThere = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text.slice(0, 19));
  return isThere ? date : undefined;
}

function parseSimple(condition: unknown): PolicyCondition | Refusal {
  if (typeof condition !== 'object' || condition === null) {
    return invalid('Invalid condition: must be a List or Object.');
  }
  const [entry, ...others] = Object.entries(condition);
  if (entry === undefined || others.length > 0) {
    return invalid('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.');
  }
  const [name, value] = entry;
  if (typeof value !== 'string') return invalid('Invalid Simple-Condition: value must be a string.');
  return { operator: 'eq', first: `$${name}`, second: value };
}

function parseList([name, ...operands]: readonly unknown[]): PolicyCondition | Refusal {
  if (typeof name !== 'string') return invalid('Invalid Condition: missing operation identifier.');
  const operator = operators.find((candidate) => candidate === name.toLowerCase());
  if (operator === undefined) return invalid(`Invalid Condition: unknown operation '${name}'.`);
  if (operands.length !== 2) return invalid(`Invalid ${operator}: wrong number of arguments.`);
  const isRange = operator === 'content-length-range';
  const isOperand = (value: unknown): value is string | number =>
    typeof value === 'string' || (isRange && Number.isSafeInteger(value));
  const [first, second] = operands;
  if (!isOperand(first) || !isOperand(second)) return invalid('Invalid JSON.');
  return { operator, first: String(first), second: String(second) };
}
