import { queryValue } from '../http/query.ts';
import type { S3Request } from '../http/request.ts';
import { invalidArgument, type Refusal } from '../refusal.ts';

/** "Overriding response header values": query parameter `response-NAME` to header `NAME`. */
const overridable = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

export function responseOverrides(request: S3Request): Record<string, string> | Refusal {
  const headers: Record<string, string> = {};
  for (const name of overridable) {
    const parameter = `response-${name}`;
    const value = queryValue(request.query, parameter);
    if (value === undefined) continue;
    if (/[^\t\x20-\x7e\xa0-\xff]/.test(value)) {
      return invalidArgument('Header value cannot be represented using ISO-8859-1.', parameter, value);
    }
    headers[name] = value;
  }
  return headers;
}
