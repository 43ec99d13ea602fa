import { type QueryParameters, queryValue } from '../../http/query.ts';
import { invalidArgument, type Refusal } from '../../refusal.ts';

/** "The default value is 1,000", which is also the most that one answer holds. */
const limitMax = 1000;

/** `max-parts` or `max-uploads`. */
export function parseLimit(query: QueryParameters, name: string): number | Refusal {
  const text = queryValue(query, name) ?? String(limitMax);
  if (/^\d{1,10}$/.test(text) && Number(text) <= 2 ** 31 - 1) return Math.min(Number(text), limitMax);
  return invalidArgument(`Argument ${name} must be an integer between 0 and ${2 ** 31 - 1}`, name, text);
}
